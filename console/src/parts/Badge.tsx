import "./badge.css";

export type BadgeTone = "quiet" | "info" | "good" | "warning" | "danger";

/** A state in a word; its colour says no more than the word. */
export function Badge({ tone, children }: { tone: BadgeTone; children: string }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
