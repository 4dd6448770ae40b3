import type { CombinedError } from "@urql/core";

/** What kept an answer from coming, as far as a page does something about it. */
export type Failure =
  | { readonly kind: "network" }
  | { readonly kind: "forbidden"; readonly scopes: readonly (readonly string[])[] }
  | { readonly kind: "agreement" }
  | { readonly kind: "notServed" }
  | { readonly kind: "busy"; readonly seconds: number }
  | { readonly kind: "outdated" }
  | { readonly kind: "input"; readonly message: string }
  | { readonly kind: "other"; readonly message: string; readonly requestId: string | null };

/** Reads what the gateway answered ([docs/errors.md]) into what the page shows. */
export function failureOf(error: CombinedError): Failure {
  const first = error.graphQLErrors[0];
  const response = error.response as Response | undefined;
  if (!first) {
    if (!response) return { kind: "network" };
    return other(String(response.status), response);
  }
  switch (first.extensions?.["code"]) {
    case "FORBIDDEN":
      return { kind: "forbidden", scopes: (first.extensions["requiredScopes"] ?? []) as string[][] };
    case "AGREEMENT_REQUIRED":
      return { kind: "agreement" };
    case "TENANT_NOT_SERVED":
      return { kind: "notServed" };
    case "RATE_LIMITED":
    case "OVERLOADED":
      return { kind: "busy", seconds: Number(response?.headers?.get("retry-after") ?? 5) };
    case "PERSISTED_QUERY_NOT_FOUND":
    case "PERSISTED_OPERATION_REQUIRED":
      return { kind: "outdated" };
    case "BAD_USER_INPUT":
      return { kind: "input", message: first.message };
    default:
      return other(first.message, response);
  }
}

function other(message: string, response: Response | undefined): Failure {
  return { kind: "other", message, requestId: response?.headers?.get("x-request-id") ?? null };
}
