import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { Button } from "../../parts/Button.tsx";
import { TextArea } from "../../parts/Field.tsx";
import { type Head, readHead } from "../../proof/note.ts";
import { ConsistencyLine } from "./ConsistencyLine.tsx";
import { SignatureLine } from "./SignatureLine.tsx";

/** Compares the newest head with one that was kept elsewhere, which nobody at the platform could have changed. */
export function KeptHead({ newest, verifierKey }: { newest: Head; verifierKey: string }) {
  const { evidence } = useText();
  const words = evidence.kept;
  const [typed, setTyped] = useState("");
  const [kept, setKept] = useState<Head | null>(null);
  const [tried, setTried] = useState(false);
  // An editor may have taken the note's last line feed, or put blanks around it.
  const read = () => readHead(`${typed.trim()}\n`);
  return (
    <details class="evidence-kept">
      <summary>{words.title}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          setKept(read());
        }}
      >
        <TextArea
          label={words.note}
          hint={words.hint}
          value={typed}
          onValue={(value) => {
            setTyped(value);
            setKept(null);
            setTried(false);
          }}
          error={tried && !kept ? words.unreadable : undefined}
        />
        <Button type="submit">{words.compare}</Button>
      </form>
      {kept ? (
        <ul class="checks" aria-live="polite">
          <ConsistencyLine key={typed} earlier={kept} later={newest} words={words.verdicts} />
          {kept.origin === newest.origin ? <SignatureLine head={kept} verifierKey={verifierKey} /> : null}
        </ul>
      ) : null}
    </details>
  );
}
