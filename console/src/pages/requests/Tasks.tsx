import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { AcknowledgeTaskDocument, RequestTaskKnownByDocument } from "../../gql/graphql.ts";
import { Badge, type BadgeTone } from "../../parts/Badge.tsx";
import { Button, ButtonLink } from "../../parts/Button.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { OnDemand } from "../../parts/OnDemand.tsx";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { Deadline, When } from "../../parts/When.tsx";
import type { WholeRequest } from "./steps.ts";

type Task = WholeRequest["downstreamTasks"][number];

const tones: Record<Task["status"], BadgeTone> = {
  ACKNOWLEDGED: "good",
  DELIVERED: "info",
  FAILED: "danger",
  PENDING: "warning",
};

/** What systems outside must do too (Art. 19), and their receipts. */
export function Tasks({ of, changed }: { of: readonly Task[]; changed: () => void }) {
  const text = useText();
  return (
    <Section title={text.requests.tasks.title}>
      <ul class="tasks">
        {of.map((task) => (
          <li key={task.id}>
            <OneTask task={task} changed={changed} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OneTask({ task, changed }: { task: Task; changed: () => void }) {
  const text = useText();
  const words = text.requests.tasks;
  const say = useToast();
  const [closing, setClosing] = useState(false);
  const mayRead = useMay("subjects:read");
  const mayClose = useMay("systems:write") && task.endedAt === null;
  const byHand = task.system.connector === "MANUAL";
  return (
    <>
      <h3 class="task-head">
        {task.system.name} <Badge tone={tones[task.status]}>{text.codes.taskStatus[task.status]}</Badge>
      </h3>
      <Facts
        of={[
          [words.due, task.endedAt === null ? <Deadline key="due" at={task.dueAt} /> : null],
          [words.delivered, task.deliveredAt ? <When key="delivered" at={task.deliveredAt} /> : null],
          [
            text.codes.taskStatus.ACKNOWLEDGED,
            task.acknowledgedAt ? <When key="done" at={task.acknowledgedAt} /> : null,
          ],
          [words.lastError, task.lastError ? `${task.lastError} (${words.attempts(task.attempts)})` : null],
          [words.byHand, byHand ? task.note : null],
        ]}
      />
      {byHand && task.endedAt === null && mayRead ? (
        <OnDemand document={RequestTaskKnownByDocument} variables={{ id: task.id }} label={words.knownBy}>
          {({ node }) => (
            <Facts
              of={(node && "knownBy" in node ? (node.knownBy ?? []) : []).map(
                (known) => [words.identifiers[known.identifier], known.value ?? text.parts.notGiven] as const,
              )}
            />
          )}
        </OnDemand>
      ) : null}
      <div class="request-steps">
        {byHand && task.endedAt === null && /^https?:/.test(task.system.endpoint) ? (
          <ButtonLink href={task.system.endpoint} target="_blank">
            {words.go}
          </ButtonLink>
        ) : null}
        {mayClose ? <Button onClick={() => setClosing(true)}>{words.done}</Button> : null}
      </div>
      {closing ? (
        <CloseTask
          task={task}
          onClose={() => setClosing(false)}
          onDone={() => {
            setClosing(false);
            say(words.saved);
            changed();
          }}
        />
      ) : null}
    </>
  );
}

function CloseTask({ task, onClose, onDone }: { task: Task; onClose: () => void; onDone: () => void }) {
  const words = useText().requests.tasks;
  const [note, setNote] = useState("");
  const form = useForm(AcknowledgeTaskDocument, ["note"]);
  const submit = async () => {
    const outcome = await form.send({ input: { taskId: task.id, note } });
    if (outcome.done) onDone();
  };
  return (
    <FormDialog
      title={words.doneTitle(task.system.name)}
      action={words.done}
      form={form}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField label={words.note} value={note} onValue={setNote} required error={form.errorAt("note")} />
    </FormDialog>
  );
}
