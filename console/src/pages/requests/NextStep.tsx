import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { useSignedIn } from "../../app/session.tsx";
import { Button, type Tone } from "../../parts/Button.tsx";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { ApproveDialog } from "./ApproveDialog.tsx";
import { ExtendDialog } from "./ExtendDialog.tsx";
import { AskDialog, VerifyDialog } from "./IdentityDialogs.tsx";
import { RefuseDialog } from "./RefuseDialog.tsx";
import { type Step, stepsOf, type WholeRequest } from "./steps.ts";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

/** What every dialog of a step is given. */
export interface StepProps {
  readonly request: WholeRequest;
  readonly onClose: () => void;
  /** The step was taken: the request is another now. */
  readonly onDone: (words: string) => void;
}

const dialogs = {
  verify: VerifyDialog,
  ask: AskDialog,
  approve: ApproveDialog,
  refuse: RefuseDialog,
  extend: ExtendDialog,
  withdraw: WithdrawDialog,
} as const;

/** The one thing to do next, and beside it what else can be done. */
export function NextStep({ request, changed }: { request: WholeRequest; changed: () => void }) {
  const text = useText();
  const { scopes } = useSignedIn();
  const [step, setStep] = useState<Step | null>(null);
  const say = useToast();
  const taken = useRef(false);
  const [first, ...others] = stepsOf(request, scopes);
  const leads = first === "verify" || first === "approve";
  const Dialog = step ? dialogs[step] : null;
  const { title, why } = useWords(request);
  const box = useRef<HTMLDivElement>(null);
  // What was pressed goes with the step that was taken: the focus goes on from the next one.
  useEffect(() => {
    if (box.current && document.activeElement === document.body && taken.current) box.current.focus();
  }, [request.status]);
  return (
    <div ref={box} class="shown" tabIndex={-1}>
      <Section title={title}>
        <p>{why}</p>
        {request.status === "IN_PROGRESS" ? <Work tasks={request.downstreamTasks} label={why} /> : null}
        {first ? (
          <div class="request-steps">
            {[first, ...others].map((name) => (
              <Button key={name} tone={toneOf(name, leads && name === first)} onClick={() => setStep(name)}>
                {text.requests[name].action}
              </Button>
            ))}
          </div>
        ) : null}
        {Dialog ? (
          <Dialog
            request={request}
            onClose={() => setStep(null)}
            onDone={(words) => {
              setStep(null);
              taken.current = true;
              say(words);
              changed();
            }}
          />
        ) : null}
      </Section>
    </div>
  );
}

/** How far the work has come: in systems that have answered, or else only that it goes on. */
function Work({ tasks, label }: { tasks: WholeRequest["downstreamTasks"]; label: string }) {
  const answered = tasks.filter((task) => task.endedAt !== null).length;
  return tasks.length > 0 ? (
    <progress class="clock" max={tasks.length} value={answered} aria-label={label} />
  ) : (
    <progress class="clock clock-working" aria-label={label} />
  );
}

function toneOf(step: Step, leads: boolean): Tone {
  if (leads) return "primary";
  return step === "refuse" ? "plain" : "quiet";
}

function useWords(request: WholeRequest): { readonly title: string; readonly why: string } {
  const { next } = useText().requests;
  switch (request.status) {
    case "RECEIVED":
      return { title: next.identity, why: next.identityWhy };
    case "AWAITING_IDENTITY":
      return { title: next.identity, why: next.awaiting };
    case "UNDER_REVIEW":
      return { title: next.decide, why: next.decideWhy[request.kind] };
    case "IN_PROGRESS": {
      const { downstreamTasks: tasks } = request;
      const answered = tasks.filter((task) => task.endedAt !== null).length;
      const waiting = tasks.length > 0 ? ` ${next.waitingFor(answered, tasks.length)}` : "";
      return { title: next.title, why: next.working + waiting };
    }
    case "REFUSED":
      return { title: next.refused, why: next.refusedWhy };
    case "WITHDRAWN":
      return { title: next.withdrawn, why: next.withdrawnWhy };
    default:
      return { title: next.done, why: next.doneWhy };
  }
}
