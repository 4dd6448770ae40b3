import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useIdempotencyKey } from "../../api/idempotency.ts";
import { useText } from "../../app/preferences.tsx";
import { type Purpose, type RequestChannel, WithdrawConsentDocument } from "../../gql/graphql.ts";
import { SelectField, TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { momentOf } from "../../parts/moment.ts";
import { useToast } from "../../parts/Toasts.tsx";

/** How staff can have heard of it; SELF_SERVICE is the person's own. */
const channels = ["EMAIL", "LETTER", "PHONE", "API"] as const satisfies readonly RequestChannel[];

interface WithdrawDialogProps {
  readonly id: string;
  readonly purpose: Purpose;
  readonly onClose: (changed: boolean) => void;
}

/** Takes a consent back for the person, at once (Art. 7(3)). */
export function WithdrawDialog({ id, purpose, onClose }: WithdrawDialogProps) {
  const { people, codes } = useText();
  const words = people.consents;
  const say = useToast();
  const [channel, setChannel] = useState<RequestChannel>("EMAIL");
  const [receivedAt, setReceivedAt] = useState("");
  const form = useForm(WithdrawConsentDocument, ["channel", "receivedAt"]);
  const keyOf = useIdempotencyKey();
  const withdraw = async () => {
    const at = momentOf(receivedAt);
    const input = { subjectId: id, purpose, channel, ...(at ? { receivedAt: at } : {}) };
    const outcome = await form.send({ input: { ...input, idempotencyKey: keyOf(input) } });
    if (!outcome.done) return;
    say(words.withdrawn(outcome.data.withdrawConsent.rightsRequest?.reference ?? ""));
    onClose(true);
  };
  return (
    <FormDialog
      title={words.withdrawTitle(codes.purpose[purpose])}
      action={words.withdraw}
      tone="danger"
      form={form}
      onSubmit={() => void withdraw()}
      onClose={() => onClose(false)}
    >
      <p>{words.withdrawHint}</p>
      <SelectField
        label={people.channel}
        value={channel}
        options={channels.map((one) => [one, codes.channel[one]])}
        onValue={setChannel}
        error={form.errorAt("channel")}
      />
      <TextField
        label={people.receivedAt}
        hint={people.nowWhenEmpty}
        type="datetime-local"
        optional
        value={receivedAt}
        onValue={setReceivedAt}
        error={form.errorAt("receivedAt")}
      />
    </FormDialog>
  );
}
