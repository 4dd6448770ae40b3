import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import { LiftRestrictionDocument } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button, ButtonLink } from "../../parts/Button.tsx";
import { TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { momentOf, typedMoment } from "../../parts/moment.ts";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { When } from "../../parts/When.tsx";
import type { PersonPartProps } from "./Person.tsx";

/** Restrictions of processing in force or lifted (Art. 18). */
export function Restrictions({ person, reload }: PersonPartProps) {
  const { people, codes } = useText();
  const words = people.restrictions;
  const mayLift = useMay("rights:decide");
  const mayAsk = useMay("rights:write") && person.status !== "ERASED";
  const [lifting, setLifting] = useState<string | null>(null);
  return (
    <Section
      title={words.title}
      aside={
        mayAsk ? (
          <ButtonLink href={hrefTo("newRequest", "", { subject: person.id, kind: "RESTRICTION" })}>
            {words.ask}
          </ButtonLink>
        ) : null
      }
    >
      {person.restrictions.length === 0 ? <p class="soft">{words.none}</p> : null}
      <ul class="person-list">
        {person.restrictions.map((restriction) => (
          <li key={restriction.id}>
            <div>
              <p>
                <strong>{codes.restrictionGround[restriction.ground]}</strong>{" "}
                <Badge tone={restriction.liftedAt ? "quiet" : "warning"}>
                  {restriction.liftedAt ? words.lifted : words.inForce}
                </Badge>
              </p>
              <p class="soft">
                {words.since} <When at={restriction.startedAt} />
                {restriction.liftedAt ? (
                  <>
                    , {words.until} <When at={restriction.liftedAt} />
                  </>
                ) : null}
              </p>
            </div>
            {mayLift && !restriction.liftedAt ? (
              <Button onClick={() => setLifting(restriction.id)}>{words.lift}</Button>
            ) : null}
          </li>
        ))}
      </ul>
      {lifting ? (
        <LiftDialog
          restrictionId={lifting}
          onClose={(changed) => {
            setLifting(null);
            if (changed) reload();
          }}
        />
      ) : null}
    </Section>
  );
}

function LiftDialog({ restrictionId, onClose }: { restrictionId: string; onClose: (changed: boolean) => void }) {
  const { people } = useText();
  const words = people.restrictions;
  const say = useToast();
  const [informed, setInformed] = useState(() => typedMoment(new Date()));
  const [missing, setMissing] = useState(false);
  const form = useForm(LiftRestrictionDocument, ["subjectInformedAt"]);
  const lift = async () => {
    const subjectInformedAt = momentOf(informed);
    setMissing(!subjectInformedAt);
    if (!subjectInformedAt) return;
    const outcome = await form.send({ input: { restrictionId, subjectInformedAt } });
    if (!outcome.done) return;
    say(words.done);
    onClose(true);
  };
  return (
    <FormDialog
      title={words.liftTitle}
      action={words.lift}
      form={form}
      onSubmit={() => void lift()}
      onClose={() => onClose(false)}
    >
      <p>{words.liftHint}</p>
      <TextField
        label={words.informed}
        type="datetime-local"
        value={informed}
        onValue={setInformed}
        error={missing ? words.informedMissing : form.errorAt("subjectInformedAt")}
      />
    </FormDialog>
  );
}
