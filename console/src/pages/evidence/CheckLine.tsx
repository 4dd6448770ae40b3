import type { ComponentChildren } from "preact";
import { useText } from "../../app/preferences.tsx";
import { Icon } from "../../parts/Icon.tsx";

/** What came of a check. `unknown`: it was not made, and the line says why. */
export type CheckState = "good" | "bad" | "unknown" | "working";

const icons = { good: "check", bad: "close", unknown: "retention", working: "retention" } as const;

/** One check and what came of it. */
export function CheckLine({ state, children }: { state: CheckState; children: ComponentChildren }) {
  const { evidence } = useText();
  return (
    <li class={`check check-${state}`} aria-busy={state === "working" || undefined}>
      <Icon name={icons[state]} />
      <span>
        <span class="hidden">{evidence.checkStates[state]}: </span>
        {children}
      </span>
    </li>
  );
}
