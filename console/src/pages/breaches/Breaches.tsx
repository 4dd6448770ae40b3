import { useCallback } from "preact/hooks";
import { useAnswer, useLive } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { BreachesDocument, BreachReportedDocument } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { Table } from "../../parts/Table.tsx";
import { Deadline, When } from "../../parts/When.tsx";

/** Breaches that concern the tenant, the newest first. */
export function Breaches() {
  const text = useText();
  const words = text.breaches;
  const answer = useAnswer(BreachesDocument, {});
  useLive(
    BreachReportedDocument,
    {},
    useCallback(() => answer.reload(), [answer.reload]),
  );
  return (
    <>
      <PageHead title={words.title} lead={words.lead} />
      <Loaded of={answer}>
        {({ personalDataBreaches }) =>
          personalDataBreaches.length === 0 ? (
            <EmptyState title={words.none} body={words.noneHint} />
          ) : (
            <Section title={words.title}>
              <Table
                caption={words.title}
                rows={personalDataBreaches}
                keyOf={(row) => row.id}
                columns={[
                  {
                    name: words.columns.what,
                    heads: true,
                    cell: (row) => <a href={hrefTo("breach", row.id)}>{row.description}</a>,
                  },
                  { name: words.columns.notified, cell: (row) => <When at={row.notifiedAt} /> },
                  { name: words.columns.deadline, cell: (row) => <Deadline at={row.authorityDeadline} precise /> },
                  {
                    name: words.columns.state,
                    cell: (row) =>
                      row.acknowledgedAt ? (
                        <Badge tone="quiet">{words.read}</Badge>
                      ) : (
                        <Badge tone="danger">{words.open}</Badge>
                      ),
                  },
                ]}
              />
            </Section>
          )
        }
      </Loaded>
    </>
  );
}
