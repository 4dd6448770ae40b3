import "./button.css";
import type { ComponentChildren } from "preact";

export type Tone = "plain" | "primary" | "danger" | "quiet";

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly tone?: Tone;
  readonly type?: "button" | "submit";
  readonly disabled?: boolean;
  /** Work is on its way: the button says so, and takes no second press. */
  readonly busy?: boolean;
  readonly onClick?: () => void;
  readonly label?: string;
}

export function Button({ children, tone = "plain", type = "button", disabled, busy, onClick, label }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${tone}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-label={label}
      onClick={busy ? undefined : onClick}
    >
      {children}
    </button>
  );
}

interface ButtonLinkProps {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly tone?: Tone;
  readonly target?: string;
  readonly download?: string;
}

export function ButtonLink({ href, children, tone = "plain", target, download }: ButtonLinkProps) {
  return (
    <a class={`button button-${tone}`} href={href} target={target} download={download} rel="noreferrer">
      {children}
    </a>
  );
}
