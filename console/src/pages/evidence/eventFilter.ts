import type { AuditEventFilter } from "../../gql/graphql.ts";

/** What the audit log is narrowed by. The actor is not part of an address: it may be somebody's e-mail address. */
export interface EventFilter {
  readonly from: string;
  readonly until: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: "" | "denied" | "allowed";
}

export const noFilter: EventFilter = { from: "", until: "", action: "", subject: "", outcome: "" };

/** The filter that an address names. */
export function filterIn(query: URLSearchParams): EventFilter {
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(query.get(name) ?? "") ? (query.get(name) ?? "") : "");
  const outcome = query.get("outcome");
  return {
    from: day("from"),
    until: day("until"),
    action: query.get("action") ?? "",
    subject: query.get("subject") ?? "",
    outcome: outcome === "denied" || outcome === "allowed" ? outcome : "",
  };
}

/** The filter as the gateway takes it. Days are the reader's, from their first instant to their last. */
export function asked(filter: EventFilter, actor: string): AuditEventFilter | null {
  const set = {
    ...(filter.from ? { from: instant(filter.from, 0) } : {}),
    ...(filter.until ? { until: instant(filter.until, 1) } : {}),
    ...(filter.action ? { action: filter.action } : {}),
    ...(filter.subject.trim() ? { subjectId: filter.subject.trim() } : {}),
    ...(filter.outcome ? { allowed: filter.outcome === "allowed" } : {}),
    ...(actor.trim() ? { actorId: actor.trim() } : {}),
  };
  return Object.keys(set).length > 0 ? set : null;
}

function instant(day: string, daysOn: number): string {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + daysOn).toISOString();
}
