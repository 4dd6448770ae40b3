import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import type { RefusalGround } from "../../gql/codes.ts";
import { RefuseRequestDocument } from "../../gql/graphql.ts";
import { SelectField, TextArea } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import type { StepProps } from "./NextStep.tsx";

export function RefuseDialog({ request, onClose, onDone }: StepProps) {
  const text = useText();
  const words = text.requests.refuse;
  const [ground, setGround] = useState<RefusalGround | "">("");
  const [reasons, setReasons] = useState("");
  const [tried, setTried] = useState(false);
  const form = useForm(RefuseRequestDocument, ["ground", "reasons"]);
  const submit = async () => {
    setTried(true);
    if (!ground || !reasons.trim()) return;
    const outcome = await form.send({ input: { requestId: request.id, ground, reasons } });
    if (outcome.done) onDone(words.done);
  };
  return (
    <FormDialog
      title={words.title}
      action={words.action}
      tone="danger"
      form={form}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <SelectField
        label={words.ground}
        value={ground}
        none={words.choose}
        options={Object.entries(text.codes.refusalGround) as [RefusalGround, string][]}
        onValue={setGround}
        error={form.errorAt("ground") ?? (tried && !ground ? words.missing : undefined)}
      />
      <TextArea
        label={words.reasons}
        hint={words.hint}
        value={reasons}
        onValue={setReasons}
        error={form.errorAt("reasons") ?? (tried && !reasons.trim() ? words.missing : undefined)}
      />
    </FormDialog>
  );
}
