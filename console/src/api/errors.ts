import type { CombinedError } from "@urql/core";

/** Which budget of [docs/demand.md] is used up; null where the gateway as a whole has too much to do. */
export type Budget = "requestsPerMinute" | "costPerMinuteOfToken" | "costPerMinuteOfTenant" | "subjectsPerHour";

/** What kept an answer from coming, as far as a page does something about it. */
export type Failure =
  | { readonly kind: "network" }
  | { readonly kind: "forbidden"; readonly scopes: readonly (readonly string[])[] }
  | { readonly kind: "agreement" }
  | { readonly kind: "notServed" }
  | { readonly kind: "busy"; readonly seconds: number; readonly budget: Budget | null }
  | { readonly kind: "signedOut" }
  | { readonly kind: "tooMuch" }
  | { readonly kind: "outdated" }
  | { readonly kind: "input"; readonly message: string }
  | { readonly kind: "other"; readonly message: string; readonly requestId: string | null };

/** What the page shows for each code of `schema/errors.json`. */
export const kindOf: Readonly<Record<string, Failure["kind"]>> = {
  UNAUTHENTICATED: "signedOut",
  FORBIDDEN: "forbidden",
  AGREEMENT_REQUIRED: "agreement",
  TENANT_NOT_SERVED: "notServed",
  // The page is not of the gateway's version: its documents are unknown, or no longer fit the schema.
  GRAPHQL_PARSE_FAILED: "outdated",
  GRAPHQL_VALIDATION_FAILED: "outdated",
  PERSISTED_OPERATION_REQUIRED: "outdated",
  PERSISTED_QUERY_NOT_FOUND: "outdated",
  BAD_USER_INPUT: "input",
  OPERATION_TOO_EXPENSIVE: "tooMuch",
  RATE_LIMITED: "busy",
  OVERLOADED: "busy",
  INTERNAL: "other",
};

/** Reads what the gateway answered ([docs/errors.md]) into what the page shows. */
export function failureOf(error: CombinedError): Failure {
  const first = error.graphQLErrors[0];
  const response = error.response as Response | undefined;
  if (!first) {
    if (!response) return { kind: "network" };
    return other(String(response.status), response);
  }
  const extensions = first.extensions ?? {};
  const kind = kindOf[String(extensions["code"])] ?? "other";
  switch (kind) {
    case "forbidden":
      return { kind, scopes: (extensions["requiredScopes"] ?? []) as string[][] };
    case "busy":
      return {
        kind,
        seconds: secondsOf(extensions, response),
        budget: (extensions["budget"] ?? null) as Budget | null,
      };
    case "input":
      return { kind, message: first.message };
    case "other":
      return other(first.message, response);
    default:
      return { kind };
  }
}

/** How long to wait before the same is asked again. */
function secondsOf(extensions: Record<string, unknown>, response: Response | undefined): number {
  const told = Number(extensions["retryAfter"] ?? response?.headers?.get("retry-after"));
  return told > 0 ? Math.ceil(told) : 5;
}

function other(message: string, response: Response | undefined): Failure {
  return { kind: "other", message, requestId: response?.headers?.get("x-request-id") ?? null };
}
