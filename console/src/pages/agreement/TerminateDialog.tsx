import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { TerminateAgreementDocument } from "../../gql/graphql.ts";
import { TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { Notice } from "../../parts/Notice.tsx";

interface TerminateDialogProps {
  readonly agreementId: string;
  /** The last day that is set already: it can be brought forward, never put off. */
  readonly lastDay: string;
  /** What has to be typed: the organisation's name. */
  readonly organisation: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Ends the agreement, and with it the processing: confirmed by typing, since an end that is set is never put off. */
export function TerminateDialog({ agreementId, lastDay, organisation, onClose, onDone }: TerminateDialogProps) {
  const text = useText();
  const words = text.agreement.terminate;
  const [day, setDay] = useState(lastDay);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const form = useForm(TerminateAgreementDocument, ["effectiveTo"]);
  const right = typed.trim() === organisation;
  const submit = async () => {
    setTried(true);
    if (!right || !day) return;
    if ((await form.send({ input: { agreementId, effectiveTo: day } })).done) onDone();
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
      <Notice tone="warning">{words.consequence}</Notice>
      <TextField
        label={words.lastDay}
        hint={words.lastDayHint}
        type="date"
        value={day}
        onValue={setDay}
        required
        error={form.errorAt("effectiveTo") ?? (tried && !day ? words.dayMissing : undefined)}
      />
      <TextField
        label={text.parts.typeToConfirm(organisation)}
        value={typed}
        onValue={setTyped}
        error={tried && !right ? text.parts.typedOtherwise(organisation) : undefined}
      />
    </FormDialog>
  );
}
