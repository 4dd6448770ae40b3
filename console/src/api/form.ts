import { useCallback, useState } from "preact/hooks";
import type { Digest } from "./document.ts";
import type { Failure } from "./errors.ts";
import { type Outcome, type UserError, useChange } from "./hooks.ts";

/** A form that ends in a mutation: what was wrong with the last try, and where. */
export interface Form<Data, Variables> {
  readonly send: (variables: Variables) => Promise<Outcome<Data>>;
  readonly busy: boolean;
  /** What is wrong with the input of that name. */
  readonly errorAt: (input: string) => string | undefined;
  /** What is wrong beside no input that the form has. */
  readonly general: readonly UserError[];
  readonly failure: Failure | null;
}

/** `inputs` are the names of the mutation's arguments that the form has a field for. */
export function useForm<Data extends object, Variables extends object>(
  document: Digest<Data, Variables>,
  inputs: readonly string[],
): Form<Data, Variables> {
  const [change, busy] = useChange(document);
  const [last, setLast] = useState<Outcome<Data> | null>(null);
  const send = useCallback(
    async (variables: Variables) => {
      const outcome = await change(variables);
      setLast(outcome);
      return outcome;
    },
    [change],
  );
  const wrong = last && !last.done ? last.userErrors : [];
  return {
    send,
    busy,
    errorAt: (input) => wrong.find((error) => inputOf(error, inputs) === input)?.message,
    general: wrong.filter((error) => inputOf(error, inputs) === undefined),
    failure: last && !last.done ? last.failure : null,
  };
}

/** The innermost part of an error's path that the form has a field for. */
export function inputOf(error: UserError, inputs: readonly string[]): string | undefined {
  return error.path?.findLast((part) => inputs.includes(part));
}
