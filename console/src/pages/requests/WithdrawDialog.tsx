import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { WithdrawRequestDocument } from "../../gql/graphql.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import type { StepProps } from "./NextStep.tsx";

export function WithdrawDialog({ request, onClose, onDone }: StepProps) {
  const words = useText().requests.withdraw;
  const form = useForm(WithdrawRequestDocument, []);
  const submit = async () => {
    const outcome = await form.send({ input: { requestId: request.id } });
    if (outcome.done) onDone(words.done);
  };
  return (
    <FormDialog title={words.title} action={words.action} form={form} onSubmit={() => void submit()} onClose={onClose}>
      <p>{words.consequence}</p>
    </FormDialog>
  );
}
