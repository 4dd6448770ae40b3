import type { DataSubjectFilter, Purpose, SubjectStatus } from "../../gql/graphql.ts";

/** By what a person can be found. */
export const searchKeys = ["nameWords", "email", "phone", "externalReference", "loginName"] as const;
export type SearchKey = (typeof searchKeys)[number];

export interface Search {
  readonly key: SearchKey;
  readonly words: string;
}

/** What somebody is probably typing: an address, a telephone number, or words of a name. */
export function guessedKey(words: string): SearchKey {
  const typed = words.trim();
  if (typed.includes("@")) return "email";
  if (/^(\+|0)[\d\s()-]{2,}$/.test(typed)) return "phone";
  if (/\d/.test(typed)) return "externalReference";
  return "nameWords";
}

/** What is wrong with the words before they are sent: an address or a number that cannot be one. */
export function searchProblem({ key, words }: Search): "email" | "phone" | null {
  const typed = words.trim();
  if (typed === "") return null;
  if (key === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)) return "email";
  if (key === "phone" && typed.replace(/\D/g, "").length < 6) return "phone";
  return null;
}

/** The filter of the list, of what is searched for and the state that was chosen. */
export function filterOf({ key, words }: Search, status: SubjectStatus | null): DataSubjectFilter | null {
  const typed = words.trim();
  const found = typed === "" ? {} : { [key]: typed };
  return typed === "" && !status ? null : { ...found, ...(status ? { status: [status] } : {}) };
}

export const purposes = [
  "RIGHTS_HANDLING",
  "SERVICE_DELIVERY",
  "BOOKKEEPING",
  "LEGAL_CLAIMS",
  "DIRECT_MARKETING",
] as const satisfies readonly Purpose[];

/** What persons are read for unless the reader says otherwise: whoever handles their requests does it for those. */
export function usualPurpose(mayReadRequests: boolean): Purpose {
  return mayReadRequests ? "RIGHTS_HANDLING" : "SERVICE_DELIVERY";
}

/** The purpose that an address names, or the usual one. */
export function purposeNamed(name: string | null, usual: Purpose): Purpose {
  return purposes.find((purpose) => purpose === name) ?? usual;
}
