import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { type LegalBasis, type RetentionTrigger, SetRetentionRuleDocument } from "../../gql/graphql.ts";
import { ConfirmByTyping } from "../../parts/ConfirmByTyping.tsx";
import { SelectField, TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { legalMinimum, mayEraseSooner } from "./law.ts";
import type { Rule } from "./Rules.tsx";

interface RuleDialogProps {
  readonly rule: Rule;
  readonly onClose: (changed: boolean) => void;
}

/** Sets a rule. One that may erase sooner is confirmed by typing: what the next run erases cannot be had back. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const { retention, codes } = useText();
  const words = retention.columns;
  const say = useToast();
  const [months, setMonths] = useState(String(rule.months ?? legalMinimum(rule.category)?.months ?? ""));
  const [trigger, setTrigger] = useState<RetentionTrigger>(rule.trigger);
  const [legalBasis, setLegalBasis] = useState<LegalBasis>(rule.legalBasis);
  const [source, setSource] = useState(rule.source);
  const [unclear, setUnclear] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const form = useForm(SetRetentionRuleDocument, ["months", "trigger", "legalBasis", "source"]);
  const category = codes.category[rule.category];
  const minimum = legalMinimum(rule.category);
  const set = async () => {
    const input = { category: rule.category, months: Number(months), trigger, legalBasis, source };
    const { done } = await form.send({ input });
    setConfirming(false);
    if (!done) return;
    say(retention.set(category));
    onClose(true);
  };
  const send = () => {
    const whole = /^\d{1,4}$/.test(months.trim());
    setUnclear(!whole);
    if (!whole) return;
    if (
      mayEraseSooner({ ...rule, months: rule.months ?? minimum?.months ?? null }, { months: Number(months), trigger })
    ) {
      setConfirming(true);
    } else void set();
  };
  if (confirming) {
    return (
      <ConfirmByTyping
        title={retention.confirmTitle}
        consequence={retention.confirm(category, retention.period(Number(months), trigger))}
        expected={category}
        action={retention.action}
        busy={form.busy}
        onConfirm={() => void set()}
        onClose={() => setConfirming(false)}
      />
    );
  }
  return (
    <FormDialog
      title={retention.changeOf(category)}
      action={retention.action}
      form={form}
      onSubmit={send}
      onClose={() => onClose(false)}
    >
      <Notice tone="info">{minimum ? retention.lawAccounting(minimum.months) : retention.lawOther}</Notice>
      <TextField
        label={retention.months}
        hint={retention.monthsHint}
        type="number"
        value={months}
        onValue={setMonths}
        error={unclear ? retention.monthsUnclear : form.errorAt("months")}
      />
      <SelectField
        label={retention.trigger}
        value={trigger}
        options={Object.entries(retention.triggers) as [RetentionTrigger, string][]}
        onValue={setTrigger}
        error={form.errorAt("trigger")}
      />
      <SelectField
        label={words.legalBasis}
        value={legalBasis}
        options={Object.entries(retention.bases) as [LegalBasis, string][]}
        onValue={setLegalBasis}
        error={form.errorAt("legalBasis")}
      />
      <TextField
        label={words.source}
        hint={retention.sourceHint}
        value={source}
        onValue={setSource}
        error={form.errorAt("source")}
        maxLength={500}
      />
    </FormDialog>
  );
}
