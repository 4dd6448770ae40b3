import { useText } from "../app/preferences.tsx";
import type { RightsRequestStatus } from "../gql/graphql.ts";
import { Badge, type BadgeTone } from "./Badge.tsx";

const tones: Record<RightsRequestStatus, BadgeTone> = {
  RECEIVED: "info",
  AWAITING_IDENTITY: "warning",
  UNDER_REVIEW: "info",
  IN_PROGRESS: "info",
  COMPLETED: "good",
  PARTIALLY_COMPLETED: "good",
  REFUSED: "quiet",
  WITHDRAWN: "quiet",
};

/** Where a rights request stands. */
export function StatusBadge({ status }: { status: RightsRequestStatus }) {
  return <Badge tone={tones[status]}>{useText().codes.requestStatus[status]}</Badge>;
}
