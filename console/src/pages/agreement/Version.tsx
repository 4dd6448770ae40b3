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
import { TerminateDialog } from "./TerminateDialog.tsx";

interface VersionProps {
  readonly version: Listed;
  /** Whether the reader may sign and end it. */
  readonly may: boolean;
  readonly organisation: string;
  readonly changed: () => void;
}

/** One version: what it says in short, who has signed, and its text. */
export function Version({ version, may, organisation, changed }: VersionProps) {
  const { head: agreement, after } = version;
  const text = useText();
  const words = text.agreement;
  const say = useToast();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<"sign" | "terminate" | null>(null);
  const done = (told: string) => {
    setAsked(null);
    say(told);
    changed();
  };
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
        {waits && may ? (
          <Button tone="primary" onClick={() => setAsked("sign")}>
            {words.sign.start}
          </Button>
        ) : null}
        <Button onClick={() => setOpen(!open)}>{open ? words.close : words.read}</Button>
        {agreement.status === "IN_FORCE" && may ? (
          <Button tone="quiet" onClick={() => setAsked("terminate")}>
            {words.terminate.start}
          </Button>
        ) : null}
      </div>
      {waits && !may ? <p class="field-hint">{words.maySignNot}</p> : null}
      {open ? <AgreementText after={after} /> : null}
      {asked === "sign" ? (
        <SignDialog version={version} onClose={() => setAsked(null)} onDone={() => done(words.sign.done)} />
      ) : null}
      {asked === "terminate" ? (
        <TerminateDialog
          agreementId={agreement.id}
          lastDay={agreement.effectiveTo ?? ""}
          organisation={organisation}
          onClose={() => setAsked(null)}
          onDone={() => done(words.terminate.done)}
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
