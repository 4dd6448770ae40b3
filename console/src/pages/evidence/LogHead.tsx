import { useEffect, useMemo } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { AuditHeadDocument, type AuditHeadQuery } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { saveText } from "../../parts/download.ts";
import { Facts } from "../../parts/Facts.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Head, readHead } from "../../proof/note.ts";
import { CheckLine } from "./CheckLine.tsx";
import { ConsistencyLine } from "./ConsistencyLine.tsx";
import { KeptHead } from "./KeptHead.tsx";
import { keepHead, lastHead } from "./lastHead.ts";
import { SignatureLine } from "./SignatureLine.tsx";

type Checkpoint = AuditHeadQuery["auditCheckpoint"];

/** The log's newest signed head, and whether it extends the one that was seen before. */
export function LogHead() {
  const { evidence } = useText();
  const answer = useAnswer(AuditHeadDocument, {});
  return (
    <Section
      title={evidence.head.title}
      aside={
        <Button onClick={answer.reload} busy={answer.loading && answer.data !== undefined}>
          {evidence.head.again}
        </Button>
      }
    >
      <Loaded of={answer}>{({ auditCheckpoint }) => <HeadChecks checkpoint={auditCheckpoint} />}</Loaded>
    </Section>
  );
}

function HeadChecks({ checkpoint }: { checkpoint: Checkpoint }) {
  const { evidence } = useText();
  const words = evidence.head;
  const head = useMemo(() => readHead(checkpoint.note), [checkpoint.note]);
  if (!head) return <CheckLine state="bad">{words.unreadable}</CheckLine>;
  return (
    <>
      <ul class="checks">
        <SignatureLine head={head} verifierKey={checkpoint.verifierKey} />
        <SinceLastSeen head={head} checkpoint={checkpoint} />
      </ul>
      <Facts
        of={[
          [words.size, String(checkpoint.treeSize)],
          [words.root, <code key="root">{checkpoint.rootHash}</code>],
          [words.origin, <code key="origin">{checkpoint.origin}</code>],
          [
            words.key,
            <span key="key">
              <code>{checkpoint.verifierKey}</code> <CopyButton value={checkpoint.verifierKey} of={words.key} />
            </span>,
          ],
        ]}
      />
      <p class="soft">{words.keyHint}</p>
      <p class="evidence-actions">
        <Button onClick={() => saveText(`checkpoint-${checkpoint.treeSize}`, checkpoint.note)}>
          <Icon name="down" />
          {words.save}
        </Button>
      </p>
      <KeptHead newest={head} verifierKey={checkpoint.verifierKey} />
    </>
  );
}

/** Compares with the head that this tab saw last, and keeps the newest once it is proved to extend it. */
function SinceLastSeen({ head, checkpoint }: { head: Head; checkpoint: Checkpoint }) {
  const { evidence } = useText();
  const words = evidence.head;
  const { note, verifierKey, origin } = checkpoint;
  // Read before the newest takes its place, and again when there is a newer one.
  const seen = useMemo(() => ({ of: note, head: lastHead(origin) }), [note, origin]).head;
  const before = useMemo(() => (seen ? readHead(seen.note) : null), [seen]);
  useEffect(() => {
    if (!before) keepHead(origin, { note, verifierKey });
  }, [before, origin, note, verifierKey]);
  if (!before || !seen) return <CheckLine state="unknown">{words.first}</CheckLine>;
  return (
    <>
      <ConsistencyLine
        earlier={before}
        later={head}
        words={words.since}
        onProved={() => keepHead(origin, { note, verifierKey })}
      />
      {seen.verifierKey === verifierKey ? null : <CheckLine state="unknown">{words.keyChanged}</CheckLine>}
    </>
  );
}
