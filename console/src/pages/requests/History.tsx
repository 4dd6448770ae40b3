import { useText } from "../../app/preferences.tsx";
import { Section } from "../../parts/Section.tsx";
import { When } from "../../parts/When.tsx";
import type { WholeRequest } from "./steps.ts";

/** Everything that happened, the latest first. */
export function History({ of }: { of: WholeRequest["timeline"] }) {
  const text = useText();
  return (
    <Section title={text.requests.history.title}>
      <ol class="history">
        {[...of].reverse().map((event) => (
          <li key={`${event.occurredAt}${event.description}`}>
            <p>{event.description}</p>
            <p class="field-hint">
              <When at={event.occurredAt} />, {event.actorId}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
