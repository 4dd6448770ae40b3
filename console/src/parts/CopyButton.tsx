import "./copy.css";
import { useText } from "../app/preferences.tsx";
import { Icon } from "./Icon.tsx";
import { useToast } from "./Toasts.tsx";

/** Copies a value. `of` names it for those who do not see what it stands beside. */
export function CopyButton({ value, of }: { value: string; of: string }) {
  const text = useText();
  const say = useToast();
  const copy = () => {
    // Away from https a browser has no clipboard for pages.
    Promise.resolve(navigator.clipboard)
      .then((clipboard) => clipboard.writeText(value))
      .then(
        () => say(text.parts.copied(of)),
        () => say(text.parts.notCopied),
      );
  };
  return (
    <button type="button" class="copy" aria-label={text.parts.copy(of)} title={text.parts.copy(of)} onClick={copy}>
      <Icon name="copy" />
    </button>
  );
}
