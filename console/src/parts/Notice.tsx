import "./notice.css";
import type { ComponentChildren } from "preact";

export type NoticeTone = "info" | "good" | "warning" | "danger";

/** A remark that stands out. What goes wrong is read out at once. */
export function Notice({ tone, children }: { tone: NoticeTone; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${tone}`} role={tone === "danger" ? "alert" : undefined}>
      {children}
    </div>
  );
}
