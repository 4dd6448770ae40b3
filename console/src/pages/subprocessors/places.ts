import type { SubprocessorWholeFragment } from "../../gql/graphql.ts";
import { middles } from "./europe.ts";

/** A country in which sub-processors are, and who. */
export interface Place {
  readonly country: string;
  readonly names: readonly string[];
  /** Whether anyone processes there, or has its seat there alone. */
  readonly processing: boolean;
  /** Whether nobody is there yet whom the tenant has authorised. */
  readonly announced: boolean;
  /** Where it stands on the map; null outside of it. */
  readonly at: readonly [number, number] | null;
}

/** The countries of sub-processors, by code. Those that have ended are nowhere. */
export function placesOf(subprocessors: readonly SubprocessorWholeFragment[]): readonly Place[] {
  const engaged = subprocessors.filter(({ standing }) => standing !== "ENDED" && standing !== "NOT_CONCERNED");
  const countries = [...new Set(engaged.flatMap((one) => [one.country, ...one.processingCountries]))].sort();
  return countries.map((country) => {
    const here = engaged.filter((one) => one.country === country || one.processingCountries.includes(country));
    return {
      country,
      names: here.map(({ name }) => name),
      processing: here.some((one) => one.processingCountries.includes(country)),
      announced: here.every(({ standing }) => standing !== "AUTHORISED"),
      at: middles[country] ?? null,
    };
  });
}
