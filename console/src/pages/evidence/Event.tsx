import "./evidence.css";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import { AuditEntryDocument, type AuditEntryQuery } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button, ButtonLink } from "../../parts/Button.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { When } from "../../parts/When.tsx";
import type { PageProps } from "../Page.tsx";
import { actionWords } from "./actionWords.ts";
import { ProofCheck } from "./ProofCheck.tsx";

export type WholeEntry = Extract<NonNullable<AuditEntryQuery["node"]>, { readonly canonicalJson: string }>;

/** One entry of the audit log, and the proof that it is in it. */
export function Event({ id }: PageProps) {
  const text = useText();
  const words = text.evidence.entry;
  const answer = useAnswer(AuditEntryDocument, { id });
  const back = { href: hrefTo("evidence"), name: text.evidence.title };
  const entry = entryIn(answer.data);
  return (
    <>
      <PageHead title={entry ? actionWords(text, entry.action) : words.title} back={back}>
        {entry ? (
          <Badge tone={entry.allowed ? "good" : "danger"}>
            {entry.allowed ? text.evidence.allowed : text.evidence.denied}
          </Badge>
        ) : null}
      </PageHead>
      <Loaded of={answer}>
        {(data) => {
          const found = entryIn(data);
          if (!found) {
            return (
              <EmptyState title={words.notFound} body={words.notFoundHint}>
                <ButtonLink href={back.href}>{back.name}</ButtonLink>
              </EmptyState>
            );
          }
          return (
            <>
              <EntryFacts entry={found} />
              <Proof entry={found} verifierKey={data.auditCheckpoint.verifierKey} reload={answer.reload} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function entryIn(data: AuditEntryQuery | undefined): WholeEntry | null {
  const node = data?.node;
  return node && "canonicalJson" in node ? (node as WholeEntry) : null;
}

function EntryFacts({ entry }: { entry: WholeEntry }) {
  const text = useText();
  const { columns, entry: words } = text.evidence;
  const mayRead = useMay("subjects:read");
  return (
    <Section title={words.what}>
      <Facts
        of={[
          [columns.when, <When key="when" at={entry.occurredAt} />],
          [
            columns.who,
            <span key="who">
              {text.evidence.roles[entry.actorRole]} <span class="soft">{entry.actorId}</span>
            </span>,
          ],
          [columns.purpose, entry.purpose ? text.codes.purpose[entry.purpose] : text.parts.notGiven],
          [
            columns.categories,
            entry.dataCategories.map((category) => text.codes.category[category]).join(", ") || text.parts.none,
          ],
          [words.code, <code key="code">{entry.action}</code>],
          [words.requestId, <code key="request">{entry.requestId}</code>],
          [columns.index, entry.logIndex === null ? words.waiting : String(entry.logIndex)],
          [
            columns.people,
            entry.subjectIds.length === 0 ? (
              text.parts.none
            ) : (
              <ul key="people" class="evidence-people">
                {entry.subjectIds.map((subject) => (
                  <li key={subject}>
                    {mayRead ? (
                      <a href={hrefTo("person", subject)}>
                        <code>{subject}</code>
                      </a>
                    ) : (
                      <code>{subject}</code>
                    )}
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </Section>
  );
}

interface ProofProps {
  readonly entry: WholeEntry;
  readonly verifierKey: string;
  readonly reload: () => void;
}

function Proof({ entry, verifierKey, reload }: ProofProps) {
  const { evidence } = useText();
  const words = evidence.entry;
  return (
    <Section title={words.proof}>
      {entry.proof ? (
        <ProofCheck id={entry.id} canonicalJson={entry.canonicalJson} proof={entry.proof} verifierKey={verifierKey} />
      ) : (
        <EmptyState title={words.waiting} body={words.waitingHint}>
          <Button onClick={reload}>{evidence.reload}</Button>
        </EmptyState>
      )}
      <details class="evidence-kept">
        <summary>{words.bytes}</summary>
        <p class="soft">
          {words.bytesHint} <CopyButton value={entry.canonicalJson} of={words.bytes} />
        </p>
        <pre class="evidence-bytes">{entry.canonicalJson}</pre>
      </details>
    </Section>
  );
}
