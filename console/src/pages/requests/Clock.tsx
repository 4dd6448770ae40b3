import { usePreferences } from "../../app/preferences.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Markdown } from "../../parts/Markdown.tsx";
import { Section } from "../../parts/Section.tsx";
import { Deadline, TimeLeft, When } from "../../parts/When.tsx";
import { openStates, type WholeRequest } from "./steps.ts";

/** When the answer is due, how much of the time has gone, and how the date came about. */
export function Clock({ request }: { request: WholeRequest }) {
  const { text, language } = usePreferences();
  const words = text.requests.clock;
  const open = openStates.includes(request.status);
  const from = Date.parse(request.receivedAt);
  const share = Math.round(
    Math.min(1, Math.max(0, (Date.now() - from) / Math.max(1, Date.parse(request.dueAt) - from))) * 100,
  );
  return (
    <Section title={words.title} aside={open ? <TimeLeft until={request.dueAt} overdue={request.overdue} /> : null}>
      {open ? (
        <progress
          class={request.overdue ? "clock clock-late" : "clock"}
          max={100}
          value={share}
          aria-label={words.elapsed(share)}
        />
      ) : null}
      <Facts
        of={[
          [words.due, <Deadline key="due" at={request.dueAt} />],
          [words.received, <When key="received" at={request.receivedAt} />],
          [words.extended, request.extension ? <When key="extended" at={request.extension.extendedAt} /> : null],
          [
            words.paused,
            request.unpausedDueAt === request.dueAt ? null : (
              <>
                <Deadline at={request.unpausedDueAt} /> <span class="soft">{words.pausedHint}</span>
              </>
            ),
          ],
        ]}
      />
      <details class="clock-why">
        <summary>{words.explanation}</summary>
        <Markdown source={request.deadlineExplanation} level={3} lang={language} />
      </details>
    </Section>
  );
}
