import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { go, usePlace } from "../../app/router.tsx";
import { hrefTo } from "../../app/routes.ts";
import { AuditEntriesDocument, type AuditEntriesQuery } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { useCursors } from "../../parts/cursors.ts";
import { Paging } from "../../parts/Paging.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import { actionWords } from "./actionWords.ts";
import { EventFilterForm } from "./EventFilterForm.tsx";
import { asked, type EventFilter, filterIn, noFilter } from "./eventFilter.ts";
import { ForWhat } from "./ForWhat.tsx";

type Entry = AuditEntriesQuery["auditEvents"]["edges"][number]["node"];

/** Whose entries were asked for last; it may be somebody's e-mail address and stands in no address. */
let lastActor = "";

/** The audit log, newest first. */
export function Events() {
  const { evidence } = useText();
  const { query } = usePlace();
  const filter = filterIn(query);
  const [actor, setActor] = useState(lastActor);
  const cursors = useCursors();
  const answer = useAnswer(AuditEntriesDocument, { filter: asked(filter, actor), after: cursors.after });
  const apply = (chosen: EventFilter, chosenActor: string) => {
    cursors.start();
    lastActor = chosenActor;
    setActor(chosenActor);
    go(hrefTo("evidence", "", { ...chosen }), true);
  };
  return (
    <Section
      title={evidence.log}
      aside={
        <Button onClick={answer.reload} busy={answer.loading && answer.data !== undefined}>
          {evidence.reload}
        </Button>
      }
    >
      <EventFilterForm filter={filter} actor={actor} onApply={apply} />
      <Loaded of={answer}>
        {({ auditEvents }) =>
          auditEvents.edges.length > 0 ? (
            <>
              <EntryTable entries={auditEvents.edges.map((edge) => edge.node)} />
              <Paging
                behind={cursors.behind}
                hasNext={auditEvents.pageInfo.hasNextPage}
                onNext={() => cursors.next(auditEvents.pageInfo.endCursor)}
                onBack={cursors.back}
              />
            </>
          ) : (
            <EmptyState title={evidence.none} body={evidence.noneHint}>
              <Button onClick={() => apply(noFilter, "")}>{evidence.showAll}</Button>
            </EmptyState>
          )
        }
      </Loaded>
    </Section>
  );
}

function EntryTable({ entries }: { entries: readonly Entry[] }) {
  const text = useText();
  const words = text.evidence.columns;
  const columns: Column<Entry>[] = [
    { name: words.when, cell: (entry) => <When at={entry.occurredAt} /> },
    {
      name: words.what,
      heads: true,
      cell: (entry) => (
        <>
          <a href={hrefTo("event", entry.id)}>{actionWords(text, entry.action)}</a>{" "}
          {entry.allowed ? null : <Badge tone="danger">{text.evidence.denied}</Badge>}
        </>
      ),
    },
    {
      name: words.who,
      cell: (entry) => (
        <span class="evidence-actor">
          {text.evidence.roles[entry.actorRole]}
          <span class="soft">{entry.actorId}</span>
        </span>
      ),
    },
    {
      name: words.forWhat,
      cell: (entry) => <ForWhat purpose={entry.purpose ?? null} categories={entry.dataCategories} />,
    },
    { name: words.people, numeric: true, cell: (entry) => String(entry.subjectIds.length) },
    { name: words.index, numeric: true, cell: (entry) => entry.logIndex?.toString() ?? "…" },
  ];
  return <Table caption={text.evidence.log} columns={columns} rows={entries} keyOf={(entry) => entry.id} />;
}
