import "../evidence/evidence.css";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { PersonAccessLogDocument, type PersonAccessLogQuery } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { useCursors } from "../../parts/cursors.ts";
import { OnDemand } from "../../parts/OnDemand.tsx";
import { Paging } from "../../parts/Paging.tsx";
import { Section } from "../../parts/Section.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import { actionWords } from "../evidence/actionWords.ts";
import { ForWhat } from "../evidence/ForWhat.tsx";
import type { WholePerson } from "./Person.tsx";

type Listed = NonNullable<PersonAccessLogQuery["dataSubject"]>["accessLog"]["edges"][number]["node"];

/** Who read or changed the person's data. */
export function AccessLog({ person }: { person: WholePerson }) {
  const { people } = useText();
  const words = people.accessLog;
  const cursors = useCursors();
  return (
    <Section title={words.title} aside={<a href={hrefTo("evidence", "", { subject: person.id })}>{words.whole}</a>}>
      <OnDemand
        document={PersonAccessLogDocument}
        variables={{ id: person.id, after: cursors.after }}
        label={words.show}
        hint={words.hint}
      >
        {({ dataSubject }) => {
          const log = dataSubject?.accessLog;
          if (!log || log.edges.length === 0) return <p class="soft">{words.none}</p>;
          return (
            <>
              <LogTable events={log.edges.map((edge) => edge.node)} />
              <Paging
                behind={cursors.behind}
                hasNext={log.pageInfo.hasNextPage}
                onNext={() => cursors.next(log.pageInfo.endCursor)}
                onBack={cursors.back}
              />
            </>
          );
        }}
      </OnDemand>
    </Section>
  );
}

function LogTable({ events }: { events: readonly Listed[] }) {
  const text = useText();
  const words = text.evidence.columns;
  const columns: Column<Listed>[] = [
    { name: words.when, cell: (event) => <When at={event.occurredAt} /> },
    {
      name: words.what,
      heads: true,
      cell: (event) => (
        <>
          <a href={hrefTo("event", event.id)}>{actionWords(text, event.action)}</a>{" "}
          {event.allowed ? null : <Badge tone="danger">{text.evidence.denied}</Badge>}
        </>
      ),
    },
    {
      name: words.who,
      cell: (event) => (
        <span class="evidence-actor">
          {text.evidence.roles[event.actorRole]}
          <span class="soft">{event.actorId}</span>
        </span>
      ),
    },
    {
      name: words.forWhat,
      cell: (event) => <ForWhat purpose={event.purpose ?? null} categories={event.dataCategories} />,
    },
  ];
  return <Table caption={text.people.accessLog.title} columns={columns} rows={events} keyOf={(event) => event.id} />;
}
