import { useState } from "preact/hooks";
import { useText } from "../app/preferences.tsx";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { TextField } from "./Field.tsx";
import { Notice } from "./Notice.tsx";

interface ConfirmByTypingProps {
  readonly title: string;
  /** What is about to happen and cannot be undone. */
  readonly consequence: string;
  /** What has to be typed: a reference or a name that is no personal data. */
  readonly expected: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error?: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks twice before what no law lets be undone: the word has to be typed. */
export function ConfirmByTyping(props: ConfirmByTypingProps) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const right = typed.trim() === props.expected;
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (right && !props.busy) props.onConfirm();
        }}
      >
        <p>{props.consequence}</p>
        {props.error ? <Notice tone="danger">{props.error}</Notice> : null}
        <TextField
          label={text.parts.typeToConfirm(props.expected)}
          value={typed}
          onValue={setTyped}
          error={tried && !right ? text.parts.typedOtherwise(props.expected) : undefined}
        />
        <p class="dialog-foot">
          <Button onClick={props.onClose}>{text.parts.cancel}</Button>
          <Button type="submit" tone="danger" busy={props.busy}>
            {props.action}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
