import type { Failure } from "../api/errors.ts";
import type { Form } from "../api/form.ts";
import { useText } from "../app/preferences.tsx";
import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";
import { useFailureWords } from "./states.tsx";

/** What is wrong with a form as a whole. */
export function FormProblems({ form }: { form: Pick<Form<never, never>, "general" | "failure"> }) {
  return (
    <>
      {form.general.map((error) => (
        <Notice key={error.message} tone="danger">
          {error.message}
        </Notice>
      ))}
      {form.failure ? <FailureNotice failure={form.failure} /> : null}
    </>
  );
}

/** A failure in a line; what was typed stays. */
export function FailureNotice({ failure }: { failure: Failure }) {
  const { title, body } = useFailureWords(failure);
  const { action } = useText().parts.failures.outdated;
  return (
    <Notice tone="danger">
      <strong>{title}.</strong> {body}{" "}
      {failure.kind === "outdated" ? <Button onClick={() => location.reload()}>{action}</Button> : null}
    </Notice>
  );
}
