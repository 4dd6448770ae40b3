import "./dialog.css";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { useText } from "../app/preferences.tsx";
import { Icon } from "./Icon.tsx";

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose?: () => void;
  /** It cannot be closed but by what it asks for. */
  readonly lasting?: boolean;
  readonly wide?: boolean;
}

/** Above the page, which rests meanwhile: the focus stays within and comes back where it was. */
export function Dialog({ title, children, onClose, lasting = false, wide = false }: DialogProps) {
  const text = useText();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!lasting) onClose?.();
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        {onClose && !lasting ? (
          <button type="button" class="dialog-close" aria-label={text.parts.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        ) : null}
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
