import type { Failure } from "../api/errors.ts";
import type { Problems } from "../api/form.ts";
import { Notice } from "./Notice.tsx";
import { useFailureWords } from "./states.tsx";

/** What is wrong with a form as a whole, above its buttons. */
export function FormProblems({ of }: { of: Problems }) {
  return (
    <>
      {of.failure ? <FailureNotice failure={of.failure} /> : null}
      {of.elsewhere.map((words) => (
        <Notice key={words} tone="danger">
          {words}
        </Notice>
      ))}
    </>
  );
}

function FailureNotice({ failure }: { failure: Failure }) {
  const { title, body } = useFailureWords(failure);
  return (
    <Notice tone="danger">
      <strong>{title}</strong> {body}
    </Notice>
  );
}
