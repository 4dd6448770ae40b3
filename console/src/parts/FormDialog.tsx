import type { ComponentChildren } from "preact";
import type { Problems } from "../api/form.ts";
import { useText } from "../app/preferences.tsx";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { FormProblems } from "./FormProblems.tsx";

interface FormDialogProps {
  readonly title: string;
  /** What the button that sends says. */
  readonly action: string;
  readonly of: Problems & { readonly busy: boolean };
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}

/** A form above the page: what is wrong stands beside the inputs, and nothing typed is lost on the way. */
export function FormDialog({ title, action, of, onSend, onClose, children, wide = false }: FormDialogProps) {
  const text = useText();
  return (
    <Dialog title={title} onClose={onClose} wide={wide}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!of.busy) onSend();
        }}
      >
        {children}
        <FormProblems of={of} />
        <p class="dialog-foot">
          <Button onClick={onClose}>{text.parts.cancel}</Button>
          <Button type="submit" tone="primary" busy={of.busy}>
            {action}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
