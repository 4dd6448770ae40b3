import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { ApproveRequestDocument, RequestPlanDocument } from "../../gql/graphql.ts";
import { TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Loaded } from "../../parts/states.tsx";
import type { StepProps } from "./NextStep.tsx";
import { PlanTable } from "./Plan.tsx";

export function ApproveDialog(props: StepProps) {
  return props.request.kind === "ERASURE" ? <ApproveErasure {...props} /> : <ApprovePlainly {...props} />;
}

function ApprovePlainly({ request, onClose, onDone }: StepProps) {
  const text = useText();
  const words = text.requests.approve;
  const form = useForm(ApproveRequestDocument, []);
  const submit = async () => {
    const outcome = await form.send({ input: { requestId: request.id } });
    if (outcome.done) onDone(words.done);
  };
  return (
    <FormDialog title={words.title} action={words.action} form={form} onSubmit={() => void submit()} onClose={onClose}>
      <p>{text.requests.next.decideWhy[request.kind]}</p>
      <p class="soft">{words.consequence}</p>
    </FormDialog>
  );
}

/** What is approved is the plan that is shown: its digest goes with the decision, and the reference has to be typed. */
function ApproveErasure({ request, onClose, onDone }: StepProps) {
  const text = useText();
  const words = text.requests.approve;
  const plan = useAnswer(RequestPlanDocument, { id: request.id, categories: request.erasureCategories });
  const form = useForm(ApproveRequestDocument, ["planSha256"]);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState(false);
  const right = typed.trim() === request.reference;
  const sha256 = plan.data?.rightsRequest?.subject.erasurePlan.sha256;
  const submit = async () => {
    setTried(true);
    setRefused(false);
    if (!right || !sha256) return;
    const outcome = await form.send({ input: { requestId: request.id, planSha256: sha256 } });
    if (outcome.done) onDone(words.done);
    else if (outcome.userErrors.some(({ path }) => path?.includes("planSha256"))) {
      setRefused(true);
      plan.reload();
    }
  };
  return (
    <FormDialog
      title={words.erasureTitle}
      action={words.action}
      tone="danger"
      form={form}
      wide
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Loaded of={plan}>
        {({ rightsRequest }) =>
          rightsRequest ? <PlanTable outcomes={rightsRequest.subject.erasurePlan.outcomes} /> : null
        }
      </Loaded>
      <Notice tone="warning">{words.erasureConsequence}</Notice>
      {refused && !plan.loading ? <Notice tone="danger">{words.changed}</Notice> : null}
      <TextField
        label={text.parts.typeToConfirm(request.reference)}
        value={typed}
        onValue={setTyped}
        error={tried && !right ? text.parts.typedOtherwise(request.reference) : undefined}
      />
    </FormDialog>
  );
}
