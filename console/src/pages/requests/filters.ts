import type { RightsRequestKind } from "../../gql/codes.ts";
import type { RightsRequestFilter } from "../../gql/graphql.ts";
import { closedStates, openStates } from "./steps.ts";

export const states = ["open", "overdue", "closed", "all"] as const;
export type State = (typeof states)[number];

/** The state that an address names; the open ones when it names none that there is. */
export function stateOf(name: string | null): State {
  return states.find((state) => state === name) ?? "open";
}

/** The right that an address names, or none. */
export function kindOf(name: string | null, kinds: readonly RightsRequestKind[]): RightsRequestKind | "" {
  return kinds.find((kind) => kind === name) ?? "";
}

/** The filter as the gateway takes it. */
export function filterOf(state: State, kind: RightsRequestKind | ""): RightsRequestFilter {
  return {
    ...(kind ? { kind: [kind] } : {}),
    ...(state === "open" ? { status: [...openStates] } : {}),
    ...(state === "closed" ? { status: [...closedStates] } : {}),
    ...(state === "overdue" ? { overdue: true } : {}),
  };
}
