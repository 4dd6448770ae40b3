import { useText } from "../../app/preferences.tsx";
import type { SubjectStatus } from "../../gql/graphql.ts";
import { Badge, type BadgeTone } from "../../parts/Badge.tsx";

const tones: Record<SubjectStatus, BadgeTone> = {
  ACTIVE: "good",
  RESTRICTED: "warning",
  PARTIALLY_ERASED: "info",
  ERASED: "quiet",
};

/** Whether a person's data may be used, only kept, or is gone. */
export function SubjectBadge({ status }: { status: SubjectStatus }) {
  return <Badge tone={tones[status]}>{useText().codes.subjectStatus[status]}</Badge>;
}
