import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import type { ExtensionGround } from "../../gql/codes.ts";
import { ExtendRequestDocument } from "../../gql/graphql.ts";
import { ChecksField, TextArea } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import type { StepProps } from "./NextStep.tsx";

export function ExtendDialog({ request, onClose, onDone }: StepProps) {
  const text = useText();
  const words = text.requests.extend;
  const [grounds, setGrounds] = useState<readonly ExtensionGround[]>(["COMPLEXITY"]);
  const [reason, setReason] = useState("");
  const form = useForm(ExtendRequestDocument, ["grounds", "reason"]);
  const submit = async () => {
    const outcome = await form.send({ input: { requestId: request.id, grounds: [...grounds], reason } });
    if (outcome.done) onDone(words.done);
  };
  return (
    <FormDialog title={words.title} action={words.action} form={form} onSubmit={() => void submit()} onClose={onClose}>
      <p>{words.why}</p>
      <ChecksField
        label={words.grounds}
        values={grounds}
        options={Object.entries(text.codes.extensionGround) as [ExtensionGround, string][]}
        onValues={setGrounds}
        error={form.errorAt("grounds")}
      />
      <TextArea label={words.reason} value={reason} onValue={setReason} required error={form.errorAt("reason")} />
    </FormDialog>
  );
}
