import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useIdempotencyKey } from "../../api/idempotency.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { GrantConsentDocument, type Purpose } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { SelectField, TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { momentOf } from "../../parts/moment.ts";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { When } from "../../parts/When.tsx";
import type { PersonPartProps, WholePerson } from "./Person.tsx";
import { purposes } from "./search.ts";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

type Consent = NonNullable<WholePerson["consents"]>[number];

/** What the person has consented to, and took back. */
export function Consents({ person, reload }: PersonPartProps) {
  const { people } = useText();
  const words = people.consents;
  const mayGrant = useMay("consents:write") && person.status !== "ERASED";
  const mayWithdraw = useMay("rights:write");
  const [granting, setGranting] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Purpose | null>(null);
  const consents = person.consents ?? [];
  const closed = (changed: boolean) => {
    setGranting(false);
    setWithdrawing(null);
    if (changed) reload();
  };
  return (
    <Section
      title={words.title}
      aside={mayGrant ? <Button onClick={() => setGranting(true)}>{words.grant}</Button> : null}
    >
      {consents.length === 0 ? <p class="soft">{words.none}</p> : null}
      <ul class="person-list">
        {consents.map((consent) => (
          <li key={consent.id}>
            <ConsentWords consent={consent} current={isCurrent(consent, consents)} />
            {mayWithdraw && consent.status === "GRANTED" && isCurrent(consent, consents) ? (
              <Button onClick={() => setWithdrawing(consent.purpose)}>{words.withdraw}</Button>
            ) : null}
          </li>
        ))}
      </ul>
      {granting ? <GrantDialog id={person.id} onClose={closed} /> : null}
      {withdrawing ? <WithdrawDialog id={person.id} purpose={withdrawing} onClose={closed} /> : null}
    </Section>
  );
}

/** The newest for a purpose is the one that counts; `consents` are newest first. */
function isCurrent(consent: Consent, consents: readonly Consent[]): boolean {
  return consents.find(({ purpose }) => purpose === consent.purpose)?.id === consent.id;
}

function ConsentWords({ consent, current }: { consent: Consent; current: boolean }) {
  const { people, codes } = useText();
  const words = people.consents;
  return (
    <div>
      <p>
        <strong>{codes.purpose[consent.purpose]}</strong>{" "}
        <Badge tone={current && consent.status === "GRANTED" ? "good" : "quiet"}>
          {current || consent.status === "WITHDRAWN" ? words.states[consent.status] : words.replaced}
        </Badge>
      </p>
      <p class="soft">
        {words.given} <When at={consent.grantedAt} />
        {consent.withdrawnAt ? (
          <>
            , {words.takenBack} <When at={consent.withdrawnAt} />
          </>
        ) : null}
      </p>
      <p class="soft">{words.collected(consent.source, consent.textVersion)}</p>
    </div>
  );
}

interface GrantDialogProps {
  readonly id: string;
  readonly onClose: (changed: boolean) => void;
}

function GrantDialog({ id, onClose }: GrantDialogProps) {
  const { people, codes } = useText();
  const words = people.consents;
  const say = useToast();
  const [purpose, setPurpose] = useState<Purpose>("DIRECT_MARKETING");
  const [source, setSource] = useState("");
  const [textVersion, setTextVersion] = useState("");
  const [grantedAt, setGrantedAt] = useState("");
  const form = useForm(GrantConsentDocument, ["purpose", "source", "textVersion", "grantedAt"]);
  const keyOf = useIdempotencyKey();
  const grant = async () => {
    const at = momentOf(grantedAt);
    const input = { subjectId: id, purpose, source, textVersion, ...(at ? { grantedAt: at } : {}) };
    const outcome = await form.send({ input: { ...input, idempotencyKey: keyOf(input) } });
    if (!outcome.done) return;
    say(words.granted);
    onClose(true);
  };
  return (
    <FormDialog
      title={words.grant}
      action={words.grantAction}
      form={form}
      onSubmit={() => void grant()}
      onClose={() => onClose(false)}
    >
      <SelectField
        label={people.forWhat}
        value={purpose}
        options={purposes.map((one) => [one, codes.purpose[one]])}
        onValue={setPurpose}
        error={form.errorAt("purpose")}
      />
      <TextField
        label={words.source}
        hint={words.sourceHint}
        value={source}
        onValue={setSource}
        error={form.errorAt("source")}
        maxLength={500}
      />
      <TextField
        label={words.textVersion}
        hint={words.textVersionHint}
        value={textVersion}
        onValue={setTextVersion}
        error={form.errorAt("textVersion")}
        maxLength={500}
      />
      <TextField
        label={words.grantedAt}
        hint={people.nowWhenEmpty}
        type="datetime-local"
        optional
        value={grantedAt}
        onValue={setGrantedAt}
        error={form.errorAt("grantedAt")}
      />
    </FormDialog>
  );
}
