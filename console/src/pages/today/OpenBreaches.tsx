import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { TodayBreachesDocument } from "../../gql/graphql.ts";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { hoursLeft } from "../../parts/time.ts";
import { Deadline } from "../../parts/When.tsx";

/** Breach notices that nobody has acknowledged yet. */
export function OpenBreaches() {
  const text = useText();
  const answer = useAnswer(TodayBreachesDocument, {});
  return (
    <Section title={text.today.breaches}>
      <Loaded of={answer}>
        {({ personalDataBreaches }) => {
          const open = personalDataBreaches.filter((breach) => breach.acknowledgedAt === null);
          if (open.length === 0) return <p class="soft">{text.today.noBreaches}</p>;
          return (
            <ul class="today-list">
              {open.map((breach) => (
                <li key={breach.id}>
                  <a href={hrefTo("breach", breach.id)}>{breach.description}</a>
                  <p>
                    {text.today.authorityBy} <Deadline at={breach.authorityDeadline} precise />,{" "}
                    <strong>{text.today.hoursLeft(hoursLeft(breach.authorityDeadline, new Date()))}</strong>
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}
