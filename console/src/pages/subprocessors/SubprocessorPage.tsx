import "./subprocessors.css";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { SubprocessorsDocument, type SubprocessorWholeFragment } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { Day, When } from "../../parts/When.tsx";
import type { PageProps } from "../Page.tsx";
import { useCountryName } from "./countries.ts";
import { Objection } from "./Objection.tsx";
import { standingTones } from "./standing.ts";

/** One sub-processor, and what the tenant says about it. */
export function SubprocessorPage({ id }: PageProps) {
  const text = useText();
  const answer = useAnswer(SubprocessorsDocument, { includeEnded: true });
  const back = { href: hrefTo("agreement"), name: text.agreement.title };
  return (
    <Loaded of={answer}>
      {({ subprocessors }) => {
        const found = subprocessors.find((one) => one.id === id);
        return found ? (
          <>
            <PageHead
              title={found.name}
              back={back}
              lead={<Badge tone={standingTones[found.standing]}>{text.codes.standing[found.standing]}</Badge>}
            />
            <Objection subprocessor={found} changed={answer.reload} />
            <About subprocessor={found} />
          </>
        ) : (
          <>
            <PageHead title={text.subprocessors.notFound} back={back} />
            <EmptyState title={text.app.notFoundHint} />
          </>
        );
      }}
    </Loaded>
  );
}

function About({ subprocessor: it }: { subprocessor: SubprocessorWholeFragment }) {
  const text = useText();
  const words = text.subprocessors.facts;
  const nameOf = useCountryName();
  return (
    <Section title={words.title}>
      <Facts
        of={[
          [words.does, it.purpose],
          [words.seat, nameOf(it.country)],
          [words.where, it.processingCountries.map(nameOf).join(", ")],
          [words.transfer, text.codes.transfer[it.transferMechanism]],
          [words.data, it.dataCategories.map((code) => text.codes.category[code]).join(", ")],
          [words.signed, <Day key="signed" on={it.agreementSignedOn} />],
          [words.from, <Day key="from" on={it.effectiveOn} />],
          [words.to, it.endedOn ? <Day key="to" on={it.endedOn} /> : null],
          [words.deadline, it.objectionDeadline ? <Day key="deadline" on={it.objectionDeadline} /> : null],
          [
            words.objected,
            it.objection ? (
              <>
                <When at={it.objection.objectedAt} />: {it.objection.reason}
              </>
            ) : null,
          ],
        ]}
      />
    </Section>
  );
}
