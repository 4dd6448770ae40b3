import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useIdempotencyKey } from "../../api/idempotency.ts";
import { useText } from "../../app/preferences.tsx";
import { type AccountingRecordKind, RecordAccountingRecordDocument } from "../../gql/graphql.ts";
import { ChecksField, SelectField, TextArea, TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { useToast } from "../../parts/Toasts.tsx";

interface RecordDialogProps {
  readonly id: string;
  readonly onClose: (changed: boolean) => void;
}

/** Files an accounting document that names the person. */
export function RecordDialog({ id, onClose }: RecordDialogProps) {
  const { people } = useText();
  const words = people.records;
  const say = useToast();
  const [kind, setKind] = useState<AccountingRecordKind>("INVOICE");
  const [typed, setTyped] = useState({ number: "", description: "", issuedOn: "", fiscalYearEndsOn: "" });
  const [statutory, setStatutory] = useState(true);
  const [undated, setUndated] = useState(false);
  const form = useForm(RecordAccountingRecordDocument, ["kind", "statutory", ...Object.keys(typed)]);
  const keyOf = useIdempotencyKey();
  const file = async () => {
    setUndated(typed.issuedOn === "");
    if (typed.issuedOn === "") return;
    const { fiscalYearEndsOn, ...rest } = typed;
    const year = fiscalYearEndsOn === "" ? {} : { fiscalYearEndsOn };
    const input = { subjectId: id, kind, ...rest, ...year, statutory: kind === "INVOICE" || statutory };
    const outcome = await form.send({ input: { ...input, idempotencyKey: keyOf(input) } });
    if (!outcome.done) return;
    say(words.filed);
    onClose(true);
  };
  const tie = (name: keyof typeof typed) => ({
    label: words[name],
    value: typed[name],
    error: form.errorAt(name),
    onValue: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  return (
    <FormDialog
      title={words.file}
      action={words.fileAction}
      form={form}
      onSubmit={() => void file()}
      onClose={() => onClose(false)}
    >
      <SelectField
        label={words.kind}
        value={kind}
        options={Object.entries(words.kinds) as [AccountingRecordKind, string][]}
        onValue={setKind}
        error={form.errorAt("kind")}
      />
      <TextField {...tie("number")} maxLength={500} />
      <TextArea {...tie("description")} maxLength={4000} />
      <TextField {...tie("issuedOn")} type="date" error={undated ? words.undated : form.errorAt("issuedOn")} />
      <TextField {...tie("fiscalYearEndsOn")} type="date" optional hint={words.fiscalYearHint} />
      {kind === "INVOICE" ? null : (
        <ChecksField
          label={words.act}
          values={statutory ? ["statutory"] : []}
          options={[["statutory", words.statutory]]}
          onValues={(values) => setStatutory(values.length > 0)}
          error={form.errorAt("statutory")}
        />
      )}
    </FormDialog>
  );
}
