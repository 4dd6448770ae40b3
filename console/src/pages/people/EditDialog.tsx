import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useAnswer } from "../../api/hooks.ts";
import { useIdempotencyKey } from "../../api/idempotency.ts";
import { useText } from "../../app/preferences.tsx";
import { PersonValuesDocument, UpdatePersonDocument } from "../../gql/graphql.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Loaded } from "../../parts/states.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { changes, fieldsOf, type PersonFields, type ReadPerson } from "./fields.ts";
import { PersonInputs, personInputs } from "./PersonInputs.tsx";

interface EditDialogProps {
  readonly id: string;
  readonly externalReference: string | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Changes what is held, in the ordinary course: it is read for SERVICE_DELIVERY, whatever the page is read for. */
export function EditDialog({ id, externalReference, onDone, onClose }: EditDialogProps) {
  const { people } = useText();
  const answer = useAnswer(PersonValuesDocument, { id, purpose: "SERVICE_DELIVERY" as const });
  const held = answer.data?.dataSubject;
  if (held) return <Editing id={id} held={{ ...held, externalReference }} onDone={onDone} onClose={onClose} />;
  return (
    <Dialog title={people.edit} onClose={onClose} wide>
      <Loaded of={answer}>{() => <Notice tone="warning">{people.notFoundHint}</Notice>}</Loaded>
    </Dialog>
  );
}

interface EditingProps {
  readonly id: string;
  readonly held: ReadPerson;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function Editing({ id, held, onDone, onClose }: EditingProps) {
  const { people, parts } = useText();
  const say = useToast();
  const [before] = useState(() => fieldsOf(held));
  const [fields, setFields] = useState<PersonFields>(before);
  const form = useForm(UpdatePersonDocument, personInputs);
  const keyOf = useIdempotencyKey();
  const save = async () => {
    const input = changes(id, before, fields);
    if (Object.keys(input).length === 1) return onClose();
    const outcome = await form.send({ input: { ...input, idempotencyKey: keyOf(input) } });
    if (!outcome.done) return;
    say(people.saved);
    onDone();
  };
  return (
    <FormDialog title={people.edit} action={parts.save} form={form} wide onSubmit={() => void save()} onClose={onClose}>
      <p class="soft">{people.editHint}</p>
      <PersonInputs fields={fields} onFields={setFields} errorAt={form.errorAt} />
    </FormDialog>
  );
}
