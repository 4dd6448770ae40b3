import { useCallback, useRef, useState } from "preact/hooks";
import type { Digest } from "./document.ts";
import type { Failure } from "./errors.ts";
import { type UserError, useChange } from "./hooks.ts";

/** What is wrong with what was sent last. */
export interface Problems {
  readonly failure: Failure | null;
  /** What no input that is shown is to blame for. */
  readonly elsewhere: readonly string[];
}

export interface Form<Data, Variables> extends Problems {
  readonly busy: boolean;
  /** Sends; null when something is wrong with it, which then stands beside the inputs. */
  readonly send: (variables: Variables) => Promise<Data | null>;
  /** What is wrong with the input at this path below `input`, or with anything below it. */
  readonly at: (...path: readonly string[]) => string | undefined;
}

/** The first of the errors at a path below `input`, or deeper. */
export function errorAt(errors: readonly UserError[], path: readonly string[]): string | undefined {
  return errors.find((error) => path.every((name, depth) => error.path?.[depth + 1] === name))?.message;
}

/** The errors at none of these inputs. */
export function errorsElsewhere(errors: readonly UserError[], inputs: readonly string[]): readonly string[] {
  return errors.filter((error) => !inputs.includes(error.path?.[1] ?? "")).map((error) => error.message);
}

/** A mutation that is filled in by hand. `inputs`: which members of its `input` are shown. */
export function useForm<Data extends object, Variables extends object>(
  document: Digest<Data, Variables>,
  inputs: readonly string[],
): Form<Data, Variables> {
  const [change, busy] = useChange(document);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = useCallback(
    async (variables: Variables) => {
      const outcome = await change(variables);
      setErrors(outcome.done ? [] : outcome.userErrors);
      setFailure(outcome.done ? null : outcome.failure);
      return outcome.done ? outcome.data : null;
    },
    [change],
  );
  return {
    busy,
    send,
    failure,
    elsewhere: errorsElsewhere(errors, inputs),
    at: (...path) => errorAt(errors, path),
  };
}

/** An idempotency key: the same for as long as the same is sent, so that what is sent anew is done once. */
export function useIdempotencyKey(): (input: object) => string {
  const last = useRef({ sent: "", key: "" });
  return useCallback((input) => {
    const sent = JSON.stringify(input);
    if (last.current.sent !== sent) last.current = { sent, key: crypto.randomUUID() };
    return last.current.key;
  }, []);
}
