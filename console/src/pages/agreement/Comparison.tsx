import { Fragment } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { AgreementTextDocument, type AgreementTextQuery } from "../../gql/graphql.ts";
import { SelectField } from "../../parts/Field.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { Listed } from "./AgreementText.tsx";
import { compare, paragraphs, type Run, words as wordsOf } from "./compare.ts";

/** What one version says otherwise than another. */
export function Comparison({ versions }: { versions: readonly Listed[] }) {
  const text = useText();
  const words = text.agreement.compare;
  const [newer, setNewer] = useState(versions[0]?.head.id ?? "");
  const [older, setOlder] = useState(versions[1]?.head.id ?? "");
  const [wanted, setWanted] = useState(false);
  const afterOf = (id: string) => versions.find(({ head }) => head.id === id)?.after ?? null;
  const one = useAnswer(AgreementTextDocument, { after: afterOf(older) }, !wanted);
  const other = useAnswer(AgreementTextDocument, { after: afterOf(newer) }, !wanted);
  const options = versions.map(({ head }) => [head.id, text.agreement.version(head.version)] as const);
  return (
    <Section title={words.title}>
      <div class="compare-choice">
        <SelectField label={words.older} value={older} options={options} onValue={setOlder} />
        <SelectField label={words.newer} value={newer} options={options} onValue={setNewer} />
        <button type="button" class="button button-plain" onClick={() => setWanted(true)}>
          {words.action}
        </button>
      </div>
      {wanted ? (
        <Loaded of={one}>
          {(a) => <Loaded of={other}>{(b) => <Differences older={documentOf(a)} newer={documentOf(b)} />}</Loaded>}
        </Loaded>
      ) : null}
    </Section>
  );
}

function documentOf({ viewer }: AgreementTextQuery): string {
  return viewer.tenant.agreements.edges[0]?.node.document ?? "";
}

function Differences({ older, newer }: { older: string; newer: string }) {
  const { compare: said } = useText().agreement;
  const runs = useMemo(() => compare(paragraphs(older), paragraphs(newer)), [older, newer]);
  if (runs.every((run) => run.in === "both")) return <p>{said.same}</p>;
  return (
    <div class="differences">
      {runs.map((run, index) => (
        <Fragment key={String(index)}>
          {run.in === "both" ? (
            <details>
              <summary>{said.unchanged(run.pieces.length)}</summary>
              {run.pieces.map((piece) => (
                <p key={piece}>{piece}</p>
              ))}
            </details>
          ) : (
            <Changed run={run} beside={runs[run.in === "older" ? index + 1 : index - 1]} />
          )}
        </Fragment>
      ))}
    </div>
  );
}

/** Paragraphs of one text alone; beside those of the other the words that differ are marked. */
function Changed({ run, beside }: { run: Run; beside: Run | undefined }) {
  const Mark = run.in === "older" ? "del" : "ins";
  const { compare: said } = useText().agreement;
  const partner = beside && beside.in !== "both" && beside.pieces.length === run.pieces.length ? beside : undefined;
  return (
    <div class={`changed changed-${run.in}`}>
      <p class="field-hint">{run.in === "older" ? said.removed : said.added}</p>
      {run.pieces.map((piece, index) => (
        <p key={piece}>
          {partner ? (
            <WordByWord piece={piece} against={partner.pieces[index] ?? ""} mark={Mark} />
          ) : (
            <Mark>{piece}</Mark>
          )}
        </p>
      ))}
    </div>
  );
}

function WordByWord({ piece, against, mark: Mark }: { piece: string; against: string; mark: "del" | "ins" }) {
  const runs = Mark === "del" ? compare(wordsOf(piece), wordsOf(against)) : compare(wordsOf(against), wordsOf(piece));
  const own = Mark === "del" ? "older" : "newer";
  return (
    <>
      {runs
        .filter((run) => run.in === "both" || run.in === own)
        .map((run, index) => {
          const joined = run.pieces.join("");
          return run.in === "both" ? joined : <Mark key={String(index)}>{joined}</Mark>;
        })}
    </>
  );
}
