import type { RequestWholeQuery, RightsRequestStatus } from "../../gql/graphql.ts";

export type WholeRequest = NonNullable<RequestWholeQuery["rightsRequest"]>;

/** States in which an answer is still owed. */
export const openStates: readonly RightsRequestStatus[] = [
  "RECEIVED",
  "AWAITING_IDENTITY",
  "UNDER_REVIEW",
  "IN_PROGRESS",
];

/** States that nothing leads out of, but what the law lets go later. */
export const closedStates: readonly RightsRequestStatus[] = [
  "COMPLETED",
  "PARTIALLY_COMPLETED",
  "REFUSED",
  "WITHDRAWN",
];

export type Step = "verify" | "ask" | "approve" | "refuse" | "extend" | "withdraw";

const scopeOf: Record<Step, string> = {
  verify: "rights:write",
  ask: "rights:decide",
  approve: "rights:decide",
  refuse: "rights:decide",
  extend: "rights:decide",
  withdraw: "rights:write",
};

type Standing = Pick<WholeRequest, "status" | "identityAskedAt" | "extension" | "overdue"> & {
  readonly downstreamTasks: readonly unknown[];
};

/** What can be done with a request as it stands; whether the scopes allow it is another question. */
function possible(request: Standing): readonly Step[] {
  const extend: Step[] = request.extension || request.overdue ? [] : ["extend"];
  const ask: Step[] = request.identityAskedAt ? [] : ["ask"];
  switch (request.status) {
    case "RECEIVED":
      return ["verify", ...ask, "refuse", ...extend, "withdraw"];
    case "AWAITING_IDENTITY":
      return ["verify", "refuse", ...extend, "withdraw"];
    case "UNDER_REVIEW":
      return ["approve", "refuse", ...extend, "withdraw"];
    case "IN_PROGRESS":
      // What systems outside were told of cannot be taken back any more.
      return request.downstreamTasks.length > 0 ? extend : [...extend, "withdraw"];
    default:
      return [];
  }
}

/** The steps that somebody with these scopes can take now, the one to take first before the others. */
export function stepsOf(request: Standing, scopes: readonly string[]): readonly Step[] {
  return possible(request).filter((step) => scopes.includes(scopeOf[step]));
}
