import "../../parts/typed.css";
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { RetentionRulesDocument, type RetentionRulesQuery } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { RuleDialog } from "./RuleDialog.tsx";

export type Rule = RetentionRulesQuery["retentionRules"][number];

/** How long each category is kept, and why. */
export function Rules({ onSet }: { onSet: () => void }) {
  const { retention } = useText();
  const mayWrite = useMay("retention:write");
  const answer = useAnswer(RetentionRulesDocument, {});
  const [setting, setSetting] = useState<Rule | null>(null);
  return (
    <Section title={retention.rules}>
      <Loaded of={answer}>
        {({ retentionRules }) =>
          retentionRules.length > 0 ? (
            <RuleTable rules={retentionRules} onChange={mayWrite ? setSetting : null} />
          ) : (
            <EmptyState title={retention.noRules} />
          )
        }
      </Loaded>
      {setting ? (
        <RuleDialog
          rule={setting}
          onClose={(changed) => {
            setSetting(null);
            if (!changed) return;
            answer.reload();
            onSet();
          }}
        />
      ) : null}
    </Section>
  );
}

function RuleTable({ rules, onChange }: { rules: readonly Rule[]; onChange: ((rule: Rule) => void) | null }) {
  const { retention, codes } = useText();
  const words = retention.columns;
  const columns: Column<Rule>[] = [
    { name: words.category, heads: true, cell: (rule) => codes.category[rule.category] },
    { name: words.period, cell: (rule) => retention.period(rule.months ?? null, rule.trigger) },
    { name: words.legalBasis, cell: (rule) => retention.bases[rule.legalBasis] },
    { name: words.source, cell: (rule) => <span class="typed retention-source">{rule.source}</span> },
    ...(onChange
      ? [
          {
            name: words.change,
            cell: (rule: Rule) => (
              <Button label={retention.changeOf(codes.category[rule.category])} onClick={() => onChange(rule)}>
                {retention.change}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return <Table caption={retention.rules} columns={columns} rows={rules} keyOf={(rule) => rule.category} />;
}
