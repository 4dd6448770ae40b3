import "../../parts/typed.css";
import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { PersonRecordsDocument, type PersonRecordsQuery } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { useCursors } from "../../parts/cursors.ts";
import { OnDemand } from "../../parts/OnDemand.tsx";
import { Paging } from "../../parts/Paging.tsx";
import { Section } from "../../parts/Section.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { Day } from "../../parts/When.tsx";
import type { PersonPartProps } from "./Person.tsx";
import { RecordDialog } from "./RecordDialog.tsx";

type Listed = NonNullable<PersonRecordsQuery["dataSubject"]>["accountingRecords"]["edges"][number]["node"];

/** Invoices, quotes and contracts that name the person: read for bookkeeping, which is what they are kept for. */
export function Records({ person, reload }: PersonPartProps) {
  const { people } = useText();
  const words = people.records;
  const cursors = useCursors();
  const [filing, setFiling] = useState(false);
  const [version, setVersion] = useState(0);
  const mayFile = useMay("accounting:write") && person.status !== "ERASED" && person.status !== "PARTIALLY_ERASED";
  const variables = { id: person.id, purpose: "BOOKKEEPING" as const, after: cursors.after };
  return (
    <Section title={words.title} aside={mayFile ? <Button onClick={() => setFiling(true)}>{words.file}</Button> : null}>
      <OnDemand key={version} document={PersonRecordsDocument} variables={variables} label={words.show}>
        {({ dataSubject }) => {
          const records = dataSubject?.accountingRecords;
          if (!records || records.edges.length === 0) return <p class="soft">{words.none}</p>;
          return (
            <>
              <RecordTable records={records.edges.map((edge) => edge.node)} />
              <Paging
                behind={cursors.behind}
                hasNext={records.pageInfo.hasNextPage}
                onNext={() => cursors.next(records.pageInfo.endCursor)}
                onBack={cursors.back}
              />
            </>
          );
        }}
      </OnDemand>
      {filing ? (
        <RecordDialog
          id={person.id}
          onClose={(changed) => {
            setFiling(false);
            if (!changed) return;
            setVersion(version + 1);
            reload();
          }}
        />
      ) : null}
    </Section>
  );
}

function RecordTable({ records }: { records: readonly Listed[] }) {
  const { people } = useText();
  const words = people.records;
  const columns: Column<Listed>[] = [
    {
      name: words.number,
      heads: true,
      cell: (record) => <span class="typed">{`${words.kinds[record.kind]} ${record.number}`}</span>,
    },
    { name: words.description, cell: (record) => <span class="typed">{record.description ?? "–"}</span> },
    { name: words.issuedOn, cell: (record) => <Day on={record.issuedOn} /> },
    {
      name: words.retainedThrough,
      cell: (record) =>
        record.retainedThrough ? <Day on={record.retainedThrough} /> : <span class="soft">{words.notRequired}</span>,
    },
  ];
  return <Table caption={words.title} columns={columns} rows={records} keyOf={(record) => record.id} />;
}
