import "./people.css";
import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useIdempotencyKey } from "../../api/idempotency.ts";
import { useText } from "../../app/preferences.tsx";
import { go } from "../../app/router.tsx";
import { hrefTo } from "../../app/routes.ts";
import { RegisterPersonDocument } from "../../gql/graphql.ts";
import { Button, ButtonLink } from "../../parts/Button.tsx";
import { FormProblems } from "../../parts/FormProblems.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { noFields, registration } from "./fields.ts";
import { PersonInputs, personInputs } from "./PersonInputs.tsx";

/** Registers a person. */
export function NewPerson() {
  const { people, parts } = useText();
  const say = useToast();
  const [fields, setFields] = useState(noFields);
  const form = useForm(RegisterPersonDocument, personInputs);
  const keyOf = useIdempotencyKey();
  const register = async () => {
    const input = registration(fields);
    const outcome = await form.send({ input: { ...input, idempotencyKey: keyOf(input) } });
    const made = outcome.done ? outcome.data.registerDataSubject.dataSubject : null;
    if (!made) return;
    say(people.registered);
    go(hrefTo("person", made.id));
  };
  return (
    <>
      <PageHead
        title={people.register}
        lead={people.registerLead}
        back={{ href: hrefTo("people"), name: people.title }}
      />
      <form
        class="person-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.busy) void register();
        }}
      >
        <Section title={people.details}>
          <PersonInputs fields={fields} onFields={setFields} errorAt={form.errorAt} />
          <FormProblems form={form} />
          <p class="person-actions">
            <Button type="submit" tone="primary" busy={form.busy}>
              {people.registerAction}
            </Button>
            <ButtonLink href={hrefTo("people")}>{parts.cancel}</ButtonLink>
          </p>
        </Section>
      </form>
    </>
  );
}
