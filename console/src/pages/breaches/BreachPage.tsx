import { useCallback } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useAnswer, useLive } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import {
  AcknowledgeBreachDocument,
  BreachesDocument,
  type BreachesQuery,
  BreachReportedDocument,
} from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { FormProblems } from "../../parts/FormProblems.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { hoursLeft } from "../../parts/time.ts";
import { Deadline, When } from "../../parts/When.tsx";
import type { PageProps } from "../Page.tsx";

type Breach = BreachesQuery["personalDataBreaches"][number];

/** One breach: what is known, until when the authority is to be told, and that it was read. */
export function BreachPage({ id }: PageProps) {
  const text = useText();
  const words = text.breaches;
  const answer = useAnswer(BreachesDocument, {});
  useLive(
    BreachReportedDocument,
    {},
    useCallback(() => answer.reload(), [answer.reload]),
  );
  const back = { href: hrefTo("breaches"), name: words.back };
  return (
    <Loaded of={answer}>
      {({ personalDataBreaches }) => {
        const breach = personalDataBreaches.find((one) => one.id === id);
        return breach ? (
          <>
            <PageHead title={breach.description} back={back} />
            <Authority breach={breach} changed={answer.reload} />
            <Known breach={breach} />
            {breach.supplements.length > 0 ? <Supplements of={breach.supplements} /> : null}
          </>
        ) : (
          <>
            <PageHead title={words.notFound} back={back} />
            <EmptyState title={text.app.notFoundHint} />
          </>
        );
      }}
    </Loaded>
  );
}

function Authority({ breach, changed }: { breach: Breach; changed: () => void }) {
  const { authority, acknowledge } = useText().breaches;
  const say = useToast();
  const may = useMay("breaches:acknowledge");
  const form = useForm(AcknowledgeBreachDocument, []);
  const send = async () => {
    const outcome = await form.send({ input: { breachId: breach.id } });
    if (!outcome.done) return;
    say(acknowledge.done);
    changed();
  };
  return (
    <Section title={authority.title}>
      <p class="breach-deadline">
        {authority.deadline} <Deadline at={breach.authorityDeadline} precise />.{" "}
        <strong>{authority.left(hoursLeft(breach.authorityDeadline, new Date()))}</strong>
      </p>
      <p>{authority.why}</p>
      {breach.acknowledgedAt ? (
        <Facts of={[[authority.acknowledged, <When key="read" at={breach.acknowledgedAt} />]]} />
      ) : may ? (
        <>
          <Button tone="primary" busy={form.busy} onClick={() => void send()}>
            {acknowledge.action}
          </Button>
          <p class="field-hint">{acknowledge.hint}</p>
        </>
      ) : null}
      <FormProblems form={form} />
    </Section>
  );
}

function Known({ breach }: { breach: Breach }) {
  const text = useText();
  const words = text.breaches.facts;
  return (
    <Section title={words.title}>
      <Facts
        of={[
          [words.description, breach.description],
          [words.detected, <When key="detected" at={breach.detectedAt} />],
          [words.notified, <When key="notified" at={breach.notifiedAt} />],
          [words.data, breach.dataCategories.map((code) => text.codes.category[code]).join(", ")],
          [words.people, breach.approximateSubjects],
          [words.consequences, breach.consequences],
          [words.measures, breach.measures],
        ]}
      />
    </Section>
  );
}

function Supplements({ of }: { of: Breach["supplements"] }) {
  const text = useText();
  const words = text.breaches.facts;
  return (
    <Section title={text.breaches.supplements}>
      {of.map((one) => (
        <div key={one.at} class="breach-supplement">
          <h3>
            <When at={one.at} />
          </h3>
          <Facts
            of={[
              [words.description, one.description],
              [words.data, one.dataCategories?.map((code) => text.codes.category[code]).join(", ")],
              [words.people, one.approximateSubjects],
              [words.consequences, one.consequences],
              [words.measures, one.measures],
            ]}
          />
        </div>
      ))}
    </Section>
  );
}
