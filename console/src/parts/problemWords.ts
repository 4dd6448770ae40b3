import type { Form } from "../api/form.ts";
import { useFailureWords } from "./states.tsx";

/** What kept a change from being made, in one text, where no input is to blame. */
export function useProblemWords(form: Pick<Form<never, never>, "general" | "failure">): string | undefined {
  const { title, body } = useFailureWords(form.failure ?? { kind: "network" });
  if (form.failure) return `${title}. ${body}`;
  return form.general[0]?.message;
}
