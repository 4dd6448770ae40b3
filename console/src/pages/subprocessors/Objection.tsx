import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import {
  AuthoriseSubprocessorDocument,
  ObjectToSubprocessorDocument,
  type SubprocessorWholeFragment,
} from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { TextArea } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { FormProblems } from "../../parts/FormProblems.tsx";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { legalDay } from "../../parts/time.ts";

interface ObjectionProps {
  readonly subprocessor: SubprocessorWholeFragment;
  readonly changed: () => void;
}

/** What the tenant says to a sub-processor: each answer takes the other back. */
export function Objection({ subprocessor, changed }: ObjectionProps) {
  const words = useText().subprocessors;
  const say = useToast();
  const [objecting, setObjecting] = useState(false);
  const authorise = useForm(AuthoriseSubprocessorDocument, []);
  const may = useMay("agreements:sign");
  const { standing, objectionDeadline } = subprocessor;
  const told = objectionDeadline !== null;
  const open = told && standing !== "ENDED" && standing !== "NOT_CONCERNED";
  const inTime = told && objectionDeadline >= legalDay(new Date());
  const send = async () => {
    const outcome = await authorise.send({ input: { subprocessorId: subprocessor.id } });
    if (!outcome.done) return;
    say(words.authorise.done);
    changed();
  };
  return (
    <Section title={words.answer.title}>
      <p>{words.answer[standing]}</p>
      {open && !may ? <p class="soft">{words.answer.mayNot}</p> : null}
      {open && may ? (
        <div class="objection">
          {standing === "AUTHORISED" ? null : (
            <Button
              tone={standing === "AWAITING_AUTHORISATION" ? "primary" : "plain"}
              busy={authorise.busy}
              onClick={() => void send()}
            >
              {standing === "OBJECTED_TO" ? words.authorise.undo : words.authorise.action}
            </Button>
          )}
          {inTime && standing !== "OBJECTED_TO" ? (
            <Button onClick={() => setObjecting(true)}>{words.object.action}</Button>
          ) : null}
        </div>
      ) : null}
      <FormProblems form={authorise} />
      {objecting ? (
        <ObjectDialog
          id={subprocessor.id}
          onClose={() => setObjecting(false)}
          onDone={() => {
            setObjecting(false);
            say(words.object.done);
            changed();
          }}
        />
      ) : null}
    </Section>
  );
}

function ObjectDialog({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const words = useText().subprocessors.object;
  const [reason, setReason] = useState("");
  const form = useForm(ObjectToSubprocessorDocument, ["reason"]);
  const submit = async () => {
    const outcome = await form.send({ input: { subprocessorId: id, reason } });
    if (outcome.done) onDone();
  };
  return (
    <FormDialog title={words.title} action={words.action} form={form} onSubmit={() => void submit()} onClose={onClose}>
      <p>{words.why}</p>
      <TextArea label={words.reason} value={reason} onValue={setReason} required error={form.errorAt("reason")} />
    </FormDialog>
  );
}
