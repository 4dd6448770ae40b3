import { useEffect, useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { Button } from "../../parts/Button.tsx";
import { SelectField, TextField } from "../../parts/Field.tsx";
import { actionWords } from "./actionWords.ts";
import { type EventFilter, noFilter } from "./eventFilter.ts";

interface EventFilterFormProps {
  readonly filter: EventFilter;
  readonly actor: string;
  readonly onApply: (filter: EventFilter, actor: string) => void;
}

const typedOf = ({ from, until, subject }: EventFilter, actor: string) => ({ from, until, subject, actor });

/** Narrows the audit log. What is chosen counts at once; what is typed, when it is sent. */
export function EventFilterForm({ filter, actor, onApply }: EventFilterFormProps) {
  const text = useText();
  const words = text.evidence.filters;
  const { from, until, subject } = filter;
  const [typed, setTyped] = useState(() => typedOf(filter, actor));
  useEffect(() => setTyped({ from, until, subject, actor }), [from, until, subject, actor]);
  const now = (chosen: Partial<EventFilter>) => {
    const { actor: typedActor, ...rest } = typed;
    onApply({ ...filter, ...rest, ...chosen }, typedActor);
  };
  const tie = (name: keyof typeof typed) => ({
    label: words[name],
    value: typed[name],
    onValue: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const known = Object.keys(text.auditActions);
  const actions = known.includes(filter.action) || filter.action === "" ? known : [...known, filter.action];
  const sorted = actions
    .map((action) => [action, actionWords(text, action)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b));
  const narrowed = Object.values(filter).some((value) => value !== "") || actor !== "";
  return (
    <search>
      <form
        class="evidence-filters"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          now({});
        }}
      >
        <TextField {...tie("from")} type="date" />
        <TextField {...tie("until")} type="date" />
        <SelectField
          label={words.action}
          value={filter.action}
          options={[["", words.anyAction], ...sorted]}
          onValue={(action) => now({ action })}
        />
        <SelectField<EventFilter["outcome"]>
          label={words.outcome}
          value={filter.outcome}
          options={[
            ["", words.outcomes.any],
            ["denied", words.outcomes.denied],
            ["allowed", words.outcomes.allowed],
          ]}
          onValue={(outcome) => now({ outcome })}
        />
        <TextField {...tie("actor")} type="search" hint={words.actorHint} />
        <TextField {...tie("subject")} type="search" hint={words.subjectHint} />
        <div class="evidence-filter-actions">
          <Button type="submit">{words.apply}</Button>
          {narrowed ? (
            <Button tone="quiet" onClick={() => onApply(noFilter, "")}>
              {words.clear}
            </Button>
          ) : null}
        </div>
      </form>
    </search>
  );
}
