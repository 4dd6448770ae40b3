import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import type { IdentityVerificationMethod } from "../../gql/codes.ts";
import { AskForIdentityDocument, VerifyIdentityDocument } from "../../gql/graphql.ts";
import { SelectField, TextArea } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import type { StepProps } from "./NextStep.tsx";

/** The means that staff can use; a session of the person's own confirms itself. */
const methods: readonly IdentityVerificationMethod[] = ["ELECTRONIC_ID", "CONTACT_CONFIRMATION", "DOCUMENT_SHOWN"];

export function VerifyDialog({ request, onClose, onDone }: StepProps) {
  const text = useText();
  const words = text.requests.verify;
  const [method, setMethod] = useState<IdentityVerificationMethod>("ELECTRONIC_ID");
  const form = useForm(VerifyIdentityDocument, ["method"]);
  const submit = async () => {
    const outcome = await form.send({ input: { requestId: request.id, method } });
    if (outcome.done) onDone(words.done);
  };
  return (
    <FormDialog title={words.title} action={words.action} form={form} onSubmit={() => void submit()} onClose={onClose}>
      <SelectField
        label={words.method}
        hint={words.hint}
        value={method}
        options={methods.map((code) => [code, text.codes.identification[code]] as const)}
        onValue={setMethod}
        error={form.errorAt("method")}
      />
    </FormDialog>
  );
}

export function AskDialog({ request, onClose, onDone }: StepProps) {
  const words = useText().requests.ask;
  const [reason, setReason] = useState("");
  const form = useForm(AskForIdentityDocument, ["reason"]);
  const submit = async () => {
    const outcome = await form.send({ input: { requestId: request.id, reason } });
    if (outcome.done) onDone(words.done);
  };
  return (
    <FormDialog title={words.title} action={words.action} form={form} onSubmit={() => void submit()} onClose={onClose}>
      <p>{words.why}</p>
      <TextArea label={words.reason} value={reason} onValue={setReason} required error={form.errorAt("reason")} />
    </FormDialog>
  );
}
