import { usePreferences } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import type { TodayRequestsQuery } from "../../gql/graphql.ts";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { daysLeft, dayWords, legalDay } from "../../parts/time.ts";
import { Deadline, TimeLeft } from "../../parts/When.tsx";
import { barOf, scaleOf } from "./scale.ts";

export type OpenRequest = TodayRequestsQuery["rightsRequests"]["edges"][number]["node"];

/** How near to an end of the line, in per cent, "today" takes the place of its date. */
const labelShare = 25;

/** Each open request as a bar from its receipt to its last day, the most urgent first, with today as a line through all. */
export function Timeline({ requests, total }: { requests: readonly OpenRequest[]; total: number }) {
  const { text, language } = usePreferences();
  const now = new Date();
  const scale = scaleOf(requests, now);
  return (
    <div class="timeline">
      <div class="timeline-axis" aria-hidden="true">
        <div class="timeline-days">
          <span>{scale.now < labelShare ? "" : dayWords(legalDay(scale.from), language)}</span>
          <span class="timeline-now" style={{ left: `${scale.now}%` }}>
            {text.today.now}
          </span>
          <span>{scale.now > 100 - labelShare ? "" : dayWords(legalDay(scale.until), language)}</span>
        </div>
      </div>
      <ol class="timeline-rows">
        {requests.map((request) => {
          const bar = barOf(scale, request.receivedAt, request.dueAt);
          return (
            <li key={request.id} class="timeline-row">
              <div class="timeline-name">
                <a href={hrefTo("request", request.id)}>
                  <strong>{text.codes.requestKind[request.kind]}</strong>{" "}
                  <span class="soft reference">{request.reference}</span>
                </a>
              </div>
              <div>
                <StatusBadge status={request.status} />
              </div>
              <div class="timeline-track" aria-hidden="true">
                <span
                  class={`timeline-bar timeline-bar-${toneOf(request, now)}`}
                  style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
                >
                  <span class="timeline-gone" style={{ width: `${bar.gone}%` }} />
                </span>
                <span class="timeline-line" style={{ left: `${scale.now}%` }} />
              </div>
              <div class="timeline-due">
                <TimeLeft until={request.dueAt} overdue={request.overdue} /> <Deadline at={request.dueAt} />
              </div>
            </li>
          );
        })}
      </ol>
      {total > requests.length ? (
        <p class="soft">
          <a href={hrefTo("requests")}>{text.today.more(total - requests.length)}</a>
        </p>
      ) : null}
    </div>
  );
}

function toneOf(request: OpenRequest, now: Date): "late" | "soon" | "calm" {
  if (request.overdue) return "late";
  return daysLeft(request.dueAt, now) <= 7 ? "soon" : "calm";
}
