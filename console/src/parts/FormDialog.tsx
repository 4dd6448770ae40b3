import type { ComponentChildren } from "preact";
import type { Form } from "../api/form.ts";
import { useText } from "../app/preferences.tsx";
import { Button, type Tone } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { FormProblems } from "./FormProblems.tsx";

interface FormDialogProps {
  readonly title: string;
  readonly action: string;
  readonly form: Pick<Form<never, never>, "busy" | "general" | "failure">;
  readonly tone?: Tone;
  readonly wide?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A form above the page that ends in one mutation. */
export function FormDialog({ title, action, form, tone, wide, onSubmit, onClose, children }: FormDialogProps) {
  const text = useText();
  return (
    <Dialog title={title} onClose={onClose} wide={wide ?? false}>
      {/* What is wrong is said by the gateway, beside the input and in the reader's language, not by the browser. */}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.busy) onSubmit();
        }}
      >
        {children}
        <FormProblems form={form} />
        <p class="dialog-foot">
          <Button onClick={onClose}>{text.parts.cancel}</Button>
          <Button type="submit" tone={tone ?? "primary"} busy={form.busy}>
            {action}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
