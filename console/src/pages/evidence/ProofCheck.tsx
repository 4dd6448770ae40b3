import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { Button } from "../../parts/Button.tsx";
import { saveText } from "../../parts/download.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { checkInclusion, holds, type InclusionVerdict } from "../../proof/inclusion.ts";
import { CheckLine } from "./CheckLine.tsx";
import { SignatureLine } from "./SignatureLine.tsx";

interface ProofCheckProps {
  readonly id: string;
  readonly canonicalJson: string;
  readonly proof: string;
  readonly verifierKey: string;
}

/** Checks in the browser that the entry is in the log: nothing of the gateway's own word is taken but the key. */
export function ProofCheck({ id, canonicalJson, proof, verifierKey }: ProofCheckProps) {
  const { evidence } = useText();
  const words = evidence.entry;
  const [verdict, setVerdict] = useState<InclusionVerdict | "unreadable" | null>(null);
  const check = async () => setVerdict((await checkInclusion(canonicalJson, proof, verifierKey)) ?? "unreadable");
  return (
    <>
      <p>{words.proofHint}</p>
      <p class="evidence-actions">
        <Button tone="primary" onClick={() => void check()}>
          <Icon name="evidence" />
          {words.check}
        </Button>
        <Button onClick={() => saveText(`${id}.tlog-proof`, proof)}>
          <Icon name="down" />
          {words.save}
        </Button>
      </p>
      <div aria-live="polite">
        {verdict === "unreadable" ? <Notice tone="danger">{words.unreadable}</Notice> : null}
        {verdict && verdict !== "unreadable" ? <Steps verdict={verdict} verifierKey={verifierKey} /> : null}
      </div>
    </>
  );
}

function Steps({ verdict, verifierKey }: { verdict: InclusionVerdict; verifierKey: string }) {
  const { evidence } = useText();
  const words = evidence.steps;
  const { head } = verdict;
  return (
    <>
      <Notice tone={holds(verdict) ? "good" : "danger"}>
        <strong>{holds(verdict) ? words.holds : words.fails}</strong>{" "}
        {holds(verdict) ? words.holdsWhy(verdict.index, head.size) : words.failsWhy}
      </Notice>
      <ol class="checks">
        <CheckLine state={verdict.sameEntry ? "good" : "bad"}>
          {verdict.sameEntry ? words.sameEntry : words.otherEntry}
        </CheckLine>
        <CheckLine state="good">
          {words.leaf} <code>{verdict.leaf}</code>
        </CheckLine>
        <CheckLine state={verdict.included ? "good" : "bad"}>
          {verdict.included ? words.included(head.size) : words.notIncluded(head.size)}
        </CheckLine>
        <SignatureLine head={head} verifierKey={verifierKey} />
      </ol>
    </>
  );
}
