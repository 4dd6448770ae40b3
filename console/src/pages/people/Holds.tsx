import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { ReleaseLegalHoldDocument } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { ConfirmByTyping } from "../../parts/ConfirmByTyping.tsx";
import { useProblemWords } from "../../parts/problemWords.ts";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { Day, When } from "../../parts/When.tsx";
import { HoldDialog } from "./HoldDialog.tsx";
import type { PersonPartProps, WholePerson } from "./Person.tsx";

type Hold = WholePerson["legalHolds"][number];

/** Orders and interests that stop an erasure. */
export function Holds({ person, reload }: PersonPartProps) {
  const { people } = useText();
  const words = people.holds;
  const mayDecide = useMay("rights:decide");
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  const closed = (changed: boolean) => {
    setPlacing(false);
    setReleasing(null);
    if (changed) reload();
  };
  return (
    <Section
      title={words.title}
      aside={
        mayDecide && person.status !== "ERASED" ? <Button onClick={() => setPlacing(true)}>{words.place}</Button> : null
      }
    >
      {person.legalHolds.length === 0 ? <p class="soft">{words.none}</p> : null}
      <ul class="person-list">
        {person.legalHolds.map((hold) => (
          <li key={hold.id}>
            <HoldWords hold={hold} />
            {mayDecide && !hold.releasedAt ? <Button onClick={() => setReleasing(hold)}>{words.release}</Button> : null}
          </li>
        ))}
      </ul>
      {placing ? <HoldDialog id={person.id} onClose={closed} /> : null}
      {releasing ? <ReleaseDialog hold={releasing} onClose={closed} /> : null}
    </Section>
  );
}

function HoldWords({ hold }: { hold: Hold }) {
  const { people, codes } = useText();
  const words = people.holds;
  return (
    <div>
      <p>
        <strong>{codes.retentionGround[hold.ground]}</strong>{" "}
        <Badge tone={hold.releasedAt ? "quiet" : "warning"}>{hold.releasedAt ? words.released : words.binds}</Badge>
      </p>
      <p>{hold.reference}</p>
      <p class="soft">{hold.categories.map((category) => codes.category[category]).join(", ")}</p>
      <p class="soft">
        {words.since} <When at={hold.placedAt} />
        {hold.expiresOn ? (
          <>
            , {words.expires} <Day on={hold.expiresOn} />
          </>
        ) : null}
        {hold.releasedAt ? (
          <>
            , {words.releasedOn} <When at={hold.releasedAt} />
          </>
        ) : null}
      </p>
    </div>
  );
}

/** An erasure that waited goes on by itself once the hold is gone, and that cannot be undone: the reference is typed. */
function ReleaseDialog({ hold, onClose }: { hold: Hold; onClose: (changed: boolean) => void }) {
  const { people } = useText();
  const words = people.holds;
  const say = useToast();
  const form = useForm(ReleaseLegalHoldDocument, []);
  const problem = useProblemWords(form);
  const confirmed = async () => {
    const outcome = await form.send({ input: { legalHoldId: hold.id } });
    if (!outcome.done) return;
    say(words.done);
    onClose(true);
  };
  return (
    <ConfirmByTyping
      title={words.releaseTitle}
      consequence={words.releaseHint}
      expected={hold.reference.trim()}
      action={words.release}
      busy={form.busy}
      error={problem}
      onConfirm={() => void confirmed()}
      onClose={() => onClose(false)}
    />
  );
}
