import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { RequestCorrectionsDocument } from "../../gql/graphql.ts";
import { OnDemand } from "../../parts/OnDemand.tsx";
import { Section } from "../../parts/Section.tsx";
import { Table } from "../../parts/Table.tsx";

/** What a rectification is to change. */
export function Corrections({ id }: { id: string }) {
  const text = useText();
  const words = text.requests.corrections;
  if (!useMay("subjects:read")) return null;
  return (
    <Section title={words.title}>
      <OnDemand document={RequestCorrectionsDocument} variables={{ id }} label={words.show}>
        {({ rightsRequest }) => (
          <Table
            caption={words.title}
            rows={rightsRequest?.rectifications ?? []}
            keyOf={(row) => row.category}
            columns={[
              { name: words.category, heads: true, cell: (row) => text.codes.category[row.category] },
              { name: words.fault, cell: (row) => text.codes.fault[row.fault] },
              { name: words.newValue, cell: (row) => row.newValue ?? "–" },
            ]}
          />
        )}
      </OnDemand>
    </Section>
  );
}
