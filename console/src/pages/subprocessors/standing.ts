import type { SubprocessorStanding } from "../../gql/codes.ts";
import type { BadgeTone } from "../../parts/Badge.tsx";

/** How urgent each standing looks. */
export const standingTones: Record<SubprocessorStanding, BadgeTone> = {
  ANNOUNCED: "warning",
  AUTHORISED: "good",
  AWAITING_AUTHORISATION: "warning",
  ENDED: "quiet",
  NOT_CONCERNED: "quiet",
  OBJECTED_TO: "danger",
};
