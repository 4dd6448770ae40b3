import { useEffect, useState } from "preact/hooks";
import type { SignedOut } from "../api/session.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { useText } from "./preferences.tsx";
import { SignInChoices } from "./SignIn.tsx";
import { session, useSignedIn } from "./session.tsx";

/** How many seconds before its end a session is warned of (WCAG 2.2.1); a short one in its last quarter. */
const warnAtMost = 120;

/** Warns before the session ends, and asks to sign in again once it has, above the page with all that was typed. */
export function SessionWatch({ over }: { over: SignedOut | null }) {
  const text = useText();
  const { idleSeconds } = useSignedIn();
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = session.secondsLeft();
      setLeft(seconds);
      if (seconds <= 0 && !over) void session.refresh();
    }, 1000);
    return () => clearInterval(timer);
  }, [over]);
  if (over) {
    return (
      <Dialog title={text.signIn.over} lasting>
        <p>{text.signIn.overHint}</p>
        <SignInChoices how={over} beside />
        <p class="dialog-foot">
          <Button onClick={() => void session.signOut()}>{text.signIn.leave}</Button>
        </p>
      </Dialog>
    );
  }
  if (left > Math.min(warnAtMost, idleSeconds / 4) || left <= 0) return null;
  return (
    <Dialog title={text.signIn.soon} onClose={() => void session.refresh()}>
      <p>{text.signIn.soonHint(Math.ceil(left / 60))}</p>
      <p class="dialog-foot">
        <Button onClick={() => void session.signOut()}>{text.app.signOut}</Button>
        <Button tone="primary" onClick={() => void session.refresh()}>
          {text.signIn.stay}
        </Button>
      </p>
    </Dialog>
  );
}
