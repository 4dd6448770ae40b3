import { useText } from "../../app/preferences.tsx";
import type { DataCategory, Purpose } from "../../gql/graphql.ts";

/** For which purpose something was done, and with which data. */
export function ForWhat({ purpose, categories }: { purpose: Purpose | null; categories: readonly DataCategory[] }) {
  const { codes } = useText();
  return (
    <>
      {purpose ? codes.purpose[purpose] : "–"}
      {categories.length > 0 ? (
        <span class="evidence-categories">{categories.map((category) => codes.category[category]).join(", ")}</span>
      ) : null}
    </>
  );
}
