import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { AgreementInstructionsDocument } from "../../gql/graphql.ts";
import { useCursors } from "../../parts/cursors.ts";
import { Paging } from "../../parts/Paging.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";

/** What the controller decided under the agreement: each decision is an instruction, Art. 28(3)(a). */
export function Instructions() {
  const text = useText();
  const words = text.agreement.instructions;
  const cursors = useCursors();
  const answer = useAnswer(AgreementInstructionsDocument, { after: cursors.after });
  return (
    <Section title={words.title}>
      <p class="soft">{words.lead}</p>
      <Loaded of={answer}>
        {({ viewer }) => {
          const { edges = [], pageInfo } = viewer.tenant.currentAgreement?.instructionLog ?? {};
          if (edges.length === 0) return <p>{words.none}</p>;
          return (
            <>
              <Table
                caption={words.title}
                rows={edges.map((edge) => edge.node)}
                keyOf={(row) => row.id}
                columns={[
                  { name: words.what, heads: true, cell: (row) => text.codes.instruction[row.kind] },
                  { name: words.when, cell: (row) => <When at={row.givenAt} /> },
                  { name: words.who, cell: (row) => row.givenBy },
                ]}
              />
              <Paging
                behind={cursors.behind}
                hasNext={pageInfo?.hasNextPage ?? false}
                onNext={() => cursors.next(pageInfo?.endCursor)}
                onBack={cursors.back}
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
