import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import type { AgreementHeadFragment } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Section } from "../../parts/Section.tsx";
import { Table } from "../../parts/Table.tsx";
import { Day, When } from "../../parts/When.tsx";
import { AgreementText } from "./AgreementText.tsx";

/** All versions, the newest first, each to be read. */
export function Versions({ of }: { of: readonly AgreementHeadFragment[] }) {
  const text = useText();
  const words = text.agreement;
  const [shown, setShown] = useState<AgreementHeadFragment | null>(null);
  return (
    <Section title={words.versions}>
      <Table
        caption={words.versions}
        rows={of}
        keyOf={({ id }) => id}
        columns={[
          { name: words.versionName, heads: true, cell: (row) => words.version(row.version) },
          {
            name: words.state,
            cell: (row) => (
              <Badge tone={row.status === "IN_FORCE" ? "good" : row.status === "OFFERED" ? "warning" : "quiet"}>
                {text.codes.agreementStatus[row.status]}
              </Badge>
            ),
          },
          { name: words.from, cell: (row) => (row.effectiveFrom ? <Day on={row.effectiveFrom} /> : "–") },
          { name: words.to, cell: (row) => (row.effectiveTo ? <Day on={row.effectiveTo} /> : "–") },
          {
            name: words.signed,
            cell: (row) => {
              const ours = row.signatures.find(({ party }) => party === "CONTROLLER");
              return ours ? <When at={ours.signedAt} /> : "–";
            },
          },
          {
            name: words.text,
            cell: (row) => (
              <Button tone="quiet" label={`${words.read}, ${words.version(row.version)}`} onClick={() => setShown(row)}>
                {words.read}
              </Button>
            ),
          },
        ]}
      />
      {shown ? (
        <Dialog title={words.version(shown.version)} wide onClose={() => setShown(null)}>
          <AgreementText id={shown.id} />
        </Dialog>
      ) : null}
    </Section>
  );
}
