import type { DataSubjectFilter } from "../../gql/graphql.ts";

/** What somebody typed to find a person, as the filter that it most likely is. */
export function filterFrom(words: string): DataSubjectFilter {
  const typed = words.trim();
  if (typed.includes("@")) return { email: typed };
  if (/^[+0][\d\s()/-]{5,}$/.test(typed)) return { phone: typed };
  if (/\d/.test(typed) && !/\s/.test(typed)) return { externalReference: typed };
  return { nameWords: typed };
}
