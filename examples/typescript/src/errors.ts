import type { CombinedError } from "@urql/core";
import type { UserErrorCode } from "./gql/graphql.js";

/** The codes that the gateway puts into `errors[].extensions.code`; docs/errors.md says what each means. */
const codes = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "AGREEMENT_REQUIRED",
  "TENANT_NOT_SERVED",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "OPERATION_TOO_EXPENSIVE",
  "PERSISTED_OPERATION_REQUIRED",
  "PERSISTED_QUERY_NOT_FOUND",
  "RATE_LIMITED",
  "OVERLOADED",
  "INTERNAL",
] as const;

/** A code that the gateway may answer with. */
export type ErrorCode = (typeof codes)[number];

/** What a front end does about an error. */
export type Reaction = "sign in" | "ask an administrator" | "sign the agreement" | "correct the input" | "wait and try again" | "report";

/** The gateway's code of an answer that failed; `undefined` where the gateway was not reached, or has a code from a later day. */
export function codeOf(error: CombinedError): ErrorCode | undefined {
  const code = error.graphQLErrors[0]?.extensions["code"];
  return codes.find((known) => known === code);
}

/** A new code above without a case here does not compile. */
export function reactionTo(code: ErrorCode): Reaction {
  switch (code) {
    case "UNAUTHENTICATED":
      return "sign in";
    case "FORBIDDEN":
    case "TENANT_NOT_SERVED":
      return "ask an administrator";
    case "AGREEMENT_REQUIRED":
      return "sign the agreement";
    case "BAD_USER_INPUT":
      return "correct the input";
    case "RATE_LIMITED":
    case "OVERLOADED":
      return "wait and try again";
    case "GRAPHQL_PARSE_FAILED":
    case "GRAPHQL_VALIDATION_FAILED":
    case "OPERATION_TOO_EXPENSIVE":
    case "PERSISTED_OPERATION_REQUIRED":
    case "PERSISTED_QUERY_NOT_FOUND":
    case "INTERNAL":
      return "report";
  }
}

/** What a form does about something that a mutation found wrong. A code that came into the schema later does not compile here. */
export function adviceOn(code: UserErrorCode): "correct the field" | "show the other one" | "read again" | "tell why not" {
  switch (code) {
    case "INVALID":
    case "OUTSIDE_AGREEMENT":
      return "correct the field";
    case "ALREADY_EXISTS":
    case "ALREADY_OPEN":
      return "show the other one";
    case "CONFLICT":
    case "IDEMPOTENCY_MISMATCH":
    case "NOT_FOUND":
      return "read again";
    case "DEADLINE_PASSED":
    case "ERASED":
    case "IDENTITY_NOT_VERIFIED":
    case "PROCESSING_RESTRICTED":
    case "RETENTION_REQUIRED":
      return "tell why not";
    default:
      // The gateway that runs may be newer than the schema that this was made from.
      return laterCode(code);
  }
}

const laterCode = (_: never) => "tell why not" as const;
