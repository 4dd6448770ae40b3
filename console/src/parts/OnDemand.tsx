import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Digest } from "../api/document.ts";
import { type Answer, useAnswer } from "../api/hooks.ts";
import { useText } from "../app/preferences.tsx";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { Loaded } from "./states.tsx";

interface OnDemandProps<Data, Variables extends object> {
  readonly document: Digest<Data, Variables>;
  readonly variables: Variables;
  readonly label: string;
  /** Said beside the button; that a reading is recorded, when left out. */
  readonly hint?: string;
  readonly children: (data: Data, answer: Answer<Data>) => ComponentChildren;
}

/** Values about a person: asked for when somebody wants to see them, since each reading is recorded. */
export function OnDemand<Data, Variables extends object>(props: OnDemandProps<Data, Variables>) {
  const text = useText();
  const [wanted, setWanted] = useState(false);
  const answer = useAnswer(props.document, props.variables, !wanted);
  if (!wanted) {
    return (
      <div class="on-demand">
        <Button onClick={() => setWanted(true)}>
          <Icon name="eye" />
          {props.label}
        </Button>
        <p class="field-hint">{props.hint ?? text.parts.shownIsRecorded}</p>
      </div>
    );
  }
  return (
    <Shown>
      <Loaded of={answer}>{(data) => props.children(data, answer)}</Loaded>
    </Shown>
  );
}

/** What has taken the place of the button that was pressed: the focus goes on from here. */
export function Shown({ children }: { children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={box} class="shown" tabIndex={-1} aria-live="polite">
      {children}
    </div>
  );
}
