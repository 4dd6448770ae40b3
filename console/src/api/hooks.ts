import { useMutation, useQuery, useSubscription } from "@urql/preact";
import { useCallback, useEffect } from "preact/hooks";
import { type Digest, trusted } from "./document.ts";
import { type Failure, failureOf } from "./errors.ts";

/** An answer on its way, here, or failed. `data` may be there beside a failure of some of its fields. */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly failure: Failure | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** Asks a query and asks again when its variables change, or the network is back. */
export function useAnswer<Data, Variables extends object>(
  document: Digest<Data, Variables>,
  variables: Variables,
  pause = false,
): Answer<Data> {
  const [result, ask] = useQuery<Data, Variables & object>({ query: trusted(document), variables, pause });
  const reload = useCallback(() => ask({ requestPolicy: "network-only" }), [ask]);
  const failure = result.error ? failureOf(result.error) : null;
  const cutOff = failure?.kind === "network";
  useEffect(() => {
    if (!cutOff) return;
    addEventListener("online", reload);
    return () => removeEventListener("online", reload);
  }, [cutOff, reload]);
  return { data: result.data ?? undefined, failure, loading: result.fetching, reload };
}

/** One thing that a mutation found wrong, beside the input that `path` names. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path?: readonly string[] | null;
}

/** What came of a mutation. */
export type Outcome<Data> =
  | { readonly done: true; readonly data: Data }
  | {
      readonly done: false;
      readonly userErrors: readonly UserError[];
      readonly failure: Failure | null;
      readonly data?: Data;
    };

/** Changes something, and says what came of it. */
export function useChange<Data extends object, Variables extends object>(
  document: Digest<Data, Variables>,
): [(variables: Variables) => Promise<Outcome<Data>>, boolean] {
  const [state, send] = useMutation<Data, Variables>(trusted(document));
  const change = useCallback(
    async (variables: Variables): Promise<Outcome<Data>> => {
      const { data, error } = await send(variables);
      if (error || !data)
        return { done: false, userErrors: [], failure: error ? failureOf(error) : { kind: "network" } };
      const userErrors = Object.values(data as Record<string, { userErrors?: readonly UserError[] } | null>).flatMap(
        (payload) => payload?.userErrors ?? [],
      );
      return userErrors.length > 0 ? { done: false, userErrors, failure: null, data } : { done: true, data };
    },
    [send],
  );
  return [change, state.fetching];
}

/** Calls `changed` for each event of a subscription. */
export function useLive<Data, Variables extends object>(
  document: Digest<Data, Variables>,
  variables: Variables,
  changed: (data: Data) => void,
): void {
  useSubscription<Data, Data, Variables>({ query: trusted(document), variables }, (_previous, data) => {
    changed(data);
    return data;
  });
}
