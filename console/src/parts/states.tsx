import "./states.css";
import type { ComponentChildren } from "preact";
import type { Failure } from "../api/errors.ts";
import type { Answer } from "../api/hooks.ts";
import { useText } from "../app/preferences.tsx";
import { hrefTo } from "../app/routes.ts";
import { Button, ButtonLink } from "./Button.tsx";

interface StateProps {
  readonly title: string;
  /** Not a fault, but something to do first. */
  readonly tone?: "danger" | "warning";
  readonly body?: string;
  readonly children?: ComponentChildren;
}

/** There is nothing here, and what to do about it. */
export function EmptyState({ title, body, children }: StateProps) {
  return (
    <div class="state">
      <p class="state-title">{title}</p>
      {body ? <p>{body}</p> : null}
      {children ? <div class="state-actions">{children}</div> : null}
    </div>
  );
}

/** Something did not work, and what to do about it. */
export function ErrorState({ title, body, children, tone = "danger" }: StateProps) {
  return (
    <div class={`state state-${tone}`} role="alert">
      <p class="state-title">{title}</p>
      {body ? <p>{body}</p> : null}
      {children ? <div class="state-actions">{children}</div> : null}
    </div>
  );
}

/** A failure in words, with what helps. */
export function FailureState({ failure, retry }: { failure: Failure; retry?: () => void }) {
  const { title, body } = useFailureWords(failure);
  const text = useText();
  return (
    <ErrorState title={title} body={body} tone={failure.kind === "agreement" ? "warning" : "danger"}>
      {failure.kind === "agreement" ? (
        <ButtonLink href={hrefTo("agreement")} tone="primary">
          {text.parts.failures.agreement.action}
        </ButtonLink>
      ) : null}
      {failure.kind === "outdated" ? (
        <Button onClick={() => location.reload()}>{text.parts.failures.outdated.action}</Button>
      ) : null}
      {retry && failure.kind !== "forbidden" && failure.kind !== "agreement" ? (
        <Button onClick={retry}>{text.parts.tryAgain}</Button>
      ) : null}
    </ErrorState>
  );
}

/** A failure as a title and what to do. */
export function useFailureWords(failure: Failure): { readonly title: string; readonly body: string } {
  const { failures } = useText().parts;
  switch (failure.kind) {
    case "forbidden":
      return { title: failures.forbidden.title, body: failures.forbidden.body(failure.scopes[0]?.join(", ") ?? "") };
    case "busy":
      return {
        title: failure.budget ? failures.busy.budgets[failure.budget] : failures.busy.title,
        body: failures.busy.body(failure.seconds),
      };
    case "input":
      return { title: failures.input.title, body: failure.message };
    case "other":
      return { title: failures.other.title, body: failures.other.body(failure.message, failure.requestId ?? "–") };
    default:
      return failures[failure.kind];
  }
}

interface LoadedProps<Data> {
  readonly of: Answer<Data>;
  readonly children: (data: Data) => ComponentChildren;
}

/** An answer: while it is on its way, when it failed, and what there is. */
export function Loaded<Data>({ of, children }: LoadedProps<Data>) {
  const text = useText();
  if (of.data !== undefined) {
    return (
      <>
        {of.failure ? <FailureState failure={of.failure} retry={of.reload} /> : null}
        {children(of.data)}
      </>
    );
  }
  if (of.failure) return <FailureState failure={of.failure} retry={of.reload} />;
  return (
    <div class="loading" role="status">
      <span class="hidden">{text.parts.loading}</span>
      <span class="loading-bar" />
      <span class="loading-bar" />
      <span class="loading-bar" />
    </div>
  );
}
