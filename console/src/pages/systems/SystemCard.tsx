import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { RemoveSystemDocument, RotateSecretDocument } from "../../gql/graphql.ts";
import { Badge, type BadgeTone } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { ConfirmByTyping } from "../../parts/ConfirmByTyping.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { useProblemWords } from "../../parts/problemWords.ts";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { type Health, healthOf, type OpenTask, type System } from "./health.ts";
import type { Secret } from "./SecretDialog.tsx";
import { SystemFacts } from "./SystemFacts.tsx";

const tones: Record<Health, BadgeTone> = {
  unreachable: "danger",
  overdue: "danger",
  failing: "warning",
  byHand: "quiet",
  well: "good",
};

interface SystemCardProps {
  readonly system: System;
  readonly tasks: readonly OpenTask[];
  readonly mayWrite: boolean;
  readonly onSecret: (secret: Secret) => void;
  readonly reload: () => void;
}

/** One system: how it is reached, what it is told, and how it does. */
export function SystemCard({ system, tasks, mayWrite, onSecret, reload }: SystemCardProps) {
  const { systems: words } = useText();
  const [doing, setDoing] = useState<"rotate" | "remove" | null>(null);
  const health = healthOf(system, tasks);
  return (
    <Section title={system.name} aside={<Badge tone={tones[health]}>{words.health[health]}</Badge>}>
      <SystemFacts system={system} tasks={tasks} />
      {mayWrite ? (
        <p class="system-actions">
          {system.connector === "MANUAL" ? null : (
            <Button label={words.rotateOf(system.name)} onClick={() => setDoing("rotate")}>
              {words.rotate}
            </Button>
          )}
          <Button label={words.removeOf(system.name)} onClick={() => setDoing("remove")}>
            {words.remove}
          </Button>
        </p>
      ) : null}
      {doing === "rotate" ? <RotateDialog system={system} onSecret={onSecret} onClose={() => setDoing(null)} /> : null}
      {doing === "remove" ? (
        <RemoveDialog
          system={system}
          onClose={(changed) => {
            setDoing(null);
            if (changed) reload();
          }}
        />
      ) : null}
    </Section>
  );
}

interface RotateDialogProps {
  readonly system: System;
  readonly onSecret: (secret: Secret) => void;
  readonly onClose: () => void;
}

function RotateDialog({ system, onSecret, onClose }: RotateDialogProps) {
  const { systems: words } = useText();
  const form = useForm(RotateSecretDocument, []);
  const rotate = async () => {
    const outcome = await form.send({ input: { systemId: system.id } });
    const secret = outcome.done ? outcome.data.rotateDownstreamSecret.secret : null;
    if (!secret) return;
    onClose();
    onSecret({ of: system.name, value: secret, connector: system.connector });
  };
  return (
    <FormDialog
      title={words.rotateOf(system.name)}
      action={words.rotate}
      form={form}
      onSubmit={() => void rotate()}
      onClose={onClose}
    >
      <p>{words.rotateHint}</p>
    </FormDialog>
  );
}

function RemoveDialog({ system, onClose }: { system: System; onClose: (changed: boolean) => void }) {
  const { systems: words } = useText();
  const say = useToast();
  const form = useForm(RemoveSystemDocument, []);
  const problem = useProblemWords(form);
  const remove = async () => {
    if (!(await form.send({ input: { systemId: system.id } })).done) return;
    say(words.removed(system.name));
    onClose(true);
  };
  return (
    <ConfirmByTyping
      title={words.removeOf(system.name)}
      consequence={words.removeHint}
      expected={system.name.trim()}
      action={words.remove}
      busy={form.busy}
      error={problem}
      onConfirm={() => void remove()}
      onClose={() => onClose(false)}
    />
  );
}
