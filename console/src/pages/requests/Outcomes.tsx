import { useText } from "../../app/preferences.tsx";
import type { OutcomeFragment } from "../../gql/graphql.ts";
import { Badge, type BadgeTone } from "../../parts/Badge.tsx";
import { Section } from "../../parts/Section.tsx";
import { Table } from "../../parts/Table.tsx";
import { Day } from "../../parts/When.tsx";

const tones: Record<OutcomeFragment["action"], BadgeTone> = {
  DISCLOSED: "good",
  ERASED: "good",
  NOTHING_HELD: "quiet",
  PURPOSE_ENDED: "good",
  RECTIFIED: "good",
  RESTRICTED: "info",
  RETAINED: "warning",
};

/** Names an outcome: its category, or the document that it is about. */
export function useOutcomeName(): (outcome: OutcomeFragment) => string {
  const { category, recordKind } = useText().codes;
  return ({ category: code, accountingRecord: record }) =>
    record ? `${recordKind[record.kind]} ${record.number}` : category[code];
}

/** What was done, category by category. */
export function Outcomes({ of }: { of: readonly OutcomeFragment[] }) {
  const text = useText();
  const words = text.requests.outcomes;
  const nameOf = useOutcomeName();
  const kept = of.some((outcome) => outcome.retentionGround);
  const nothing = of.filter((outcome) => outcome.action === "NOTHING_HELD");
  const done = of.filter((outcome) => outcome.action !== "NOTHING_HELD");
  return (
    <Section title={words.title}>
      {done.length > 0 ? (
        <Table
          caption={words.title}
          rows={done}
          keyOf={(outcome) => `${outcome.category}${outcome.accountingRecord?.id ?? ""}`}
          columns={[
            { name: words.category, heads: true, cell: nameOf },
            {
              name: words.action,
              cell: (outcome) => <Badge tone={tones[outcome.action]}>{text.codes.outcomeDone[outcome.action]}</Badge>,
            },
            ...(kept
              ? [
                  {
                    name: words.why,
                    cell: (outcome: OutcomeFragment) =>
                      outcome.retentionGround ? text.codes.retentionGround[outcome.retentionGround] : "",
                  },
                  {
                    name: words.through,
                    cell: (outcome: OutcomeFragment) =>
                      outcome.retainedThrough ? <Day on={outcome.retainedThrough} /> : "",
                  },
                ]
              : []),
          ]}
        />
      ) : null}
      {nothing.length > 0 ? (
        <p class="outcomes-nothing">
          {text.codes.outcomeDone.NOTHING_HELD}: {nothing.map(nameOf).join(", ")}
        </p>
      ) : null}
    </Section>
  );
}
