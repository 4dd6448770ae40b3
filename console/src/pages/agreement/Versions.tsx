import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Section } from "../../parts/Section.tsx";
import { Table } from "../../parts/Table.tsx";
import { Day, When } from "../../parts/When.tsx";
import { AgreementText, type Listed } from "./AgreementText.tsx";

/** All versions, the newest first, each to be read. */
export function Versions({ of }: { of: readonly Listed[] }) {
  const text = useText();
  const words = text.agreement;
  const [shown, setShown] = useState<Listed | null>(null);
  return (
    <Section title={words.versions}>
      <Table
        caption={words.versions}
        rows={of}
        keyOf={({ head }) => head.id}
        columns={[
          { name: words.versionName, heads: true, cell: (row) => words.version(row.head.version) },
          {
            name: words.state,
            cell: (row) => (
              <Badge
                tone={row.head.status === "IN_FORCE" ? "good" : row.head.status === "OFFERED" ? "warning" : "quiet"}
              >
                {text.codes.agreementStatus[row.head.status]}
              </Badge>
            ),
          },
          { name: words.from, cell: (row) => (row.head.effectiveFrom ? <Day on={row.head.effectiveFrom} /> : "–") },
          { name: words.to, cell: (row) => (row.head.effectiveTo ? <Day on={row.head.effectiveTo} /> : "–") },
          {
            name: words.signed,
            cell: (row) => {
              const ours = row.head.signatures.find(({ party }) => party === "CONTROLLER");
              return ours ? <When at={ours.signedAt} /> : "–";
            },
          },
          {
            name: words.text,
            cell: (row) => (
              <Button
                tone="quiet"
                label={`${words.read}, ${words.version(row.head.version)}`}
                onClick={() => setShown(row)}
              >
                {words.read}
              </Button>
            ),
          },
        ]}
      />
      {shown ? (
        <Dialog title={words.version(shown.head.version)} wide onClose={() => setShown(null)}>
          <AgreementText after={shown.after} />
        </Dialog>
      ) : null}
    </Section>
  );
}
