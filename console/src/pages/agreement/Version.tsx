import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import type { AgreementHeadFragment } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { Day, When } from "../../parts/When.tsx";
import { AgreementText, type Listed } from "./AgreementText.tsx";
import { SignDialog } from "./SignDialog.tsx";

interface VersionProps {
  readonly version: Listed;
  readonly signable: boolean;
  readonly changed: () => void;
}

/** One version: what it says in short, who has signed, and its text. */
export function Version({ version, signable, changed }: VersionProps) {
  const { head: agreement, after } = version;
  const text = useText();
  const words = text.agreement;
  const say = useToast();
  const [open, setOpen] = useState(false);
  const [signing, setSigning] = useState(false);
  const ours = agreement.signatures.find(({ party }) => party === "CONTROLLER");
  const theirs = agreement.signatures.find(({ party }) => party === "PROCESSOR");
  const waits = agreement.status === "OFFERED" && !ours;
  return (
    <Section
      title={waits ? words.toSign(agreement.version) : words.version(agreement.version)}
      aside={
        <Badge tone={agreement.status === "IN_FORCE" ? "good" : "warning"}>
          {text.codes.agreementStatus[agreement.status]}
        </Badge>
      }
    >
      <Facts
        of={[
          [words.from, agreement.effectiveFrom ? <Day key="from" on={agreement.effectiveFrom} /> : null],
          [words.to, agreement.effectiveTo ? <Day key="to" on={agreement.effectiveTo} /> : null],
          [words.categories, agreement.dataCategories.map((code) => text.codes.category[code]).join(", ")],
          [
            words.authorisation,
            words.authorisations[agreement.subprocessorAuthorisation](agreement.objectionPeriodDays),
          ],
          [words.returned, words.days(agreement.returnPeriodDays)],
          [words.signedByUs, ours ? <Signature key="ours" of={ours} /> : words.unsigned],
          [words.signedByThem, theirs ? <Signature key="theirs" of={theirs} /> : words.unsigned],
        ]}
      />
      <div class="agreement-actions">
        {waits && signable ? (
          <Button tone="primary" onClick={() => setSigning(true)}>
            {words.sign.start}
          </Button>
        ) : null}
        <Button onClick={() => setOpen(!open)}>{open ? words.close : words.read}</Button>
      </div>
      {waits && !signable ? <p class="field-hint">{words.maySignNot}</p> : null}
      {open ? <AgreementText after={after} /> : null}
      {signing ? (
        <SignDialog
          version={version}
          onClose={() => setSigning(false)}
          onDone={() => {
            setSigning(false);
            say(words.sign.done);
            changed();
          }}
        />
      ) : null}
    </Section>
  );
}

function Signature({ of }: { of: AgreementHeadFragment["signatures"][number] }) {
  return (
    <>
      {of.signatoryName}, {of.signatoryTitle}, <When at={of.signedAt} />
    </>
  );
}
