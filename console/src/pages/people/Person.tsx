import "./people.css";
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { go, usePlace } from "../../app/router.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import { PersonDocument, type PersonQuery, type Purpose } from "../../gql/graphql.ts";
import { Button, ButtonLink } from "../../parts/Button.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { SelectField } from "../../parts/Field.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { When } from "../../parts/When.tsx";
import type { PageProps } from "../Page.tsx";
import { AccessLog } from "./AccessLog.tsx";
import { Consents } from "./Consents.tsx";
import { EditDialog } from "./EditDialog.tsx";
import { Holds } from "./Holds.tsx";
import { shortId } from "./PeopleTable.tsx";
import { PersonRequests } from "./PersonRequests.tsx";
import { Records } from "./Records.tsx";
import { Restrictions } from "./Restrictions.tsx";
import { SubjectBadge } from "./SubjectBadge.tsx";
import { purposeNamed, purposes, usualPurpose } from "./search.ts";
import { Values } from "./Values.tsx";

export type WholePerson = NonNullable<PersonQuery["dataSubject"]>;

/** What a part of a person's page is given. `reload`: something was changed. */
export interface PersonPartProps {
  readonly person: WholePerson;
  readonly reload: () => void;
}

/** One person: what is held, what stands in the way of using or erasing it, and what they asked for. */
export function Person({ id }: PageProps) {
  const { people } = useText();
  const { query } = usePlace();
  const rights = useMay("rights:read");
  const usual = usualPurpose(rights);
  const purpose = purposeNamed(query.get("purpose"), usual);
  const answer = useAnswer(PersonDocument, { id, purpose, consents: useMay("consents:read"), rights });
  const back = { href: hrefTo("people", "", { purpose: purpose === usual ? "" : purpose }), name: people.title };
  const choose = (chosen: Purpose) => go(hrefTo("person", id, { purpose: chosen === usual ? "" : chosen }), true);
  const person = answer.data?.dataSubject;
  return (
    <>
      <PageHead title={person ? titleOf(person, people.withoutReference) : people.one} back={back}>
        {person ? <SubjectBadge status={person.status} /> : null}
      </PageHead>
      <Loaded of={answer}>
        {({ dataSubject }) =>
          dataSubject ? (
            <Parts person={dataSubject} purpose={purpose} onPurpose={choose} reload={answer.reload} />
          ) : (
            <EmptyState
              title={people.notFound}
              body={purpose === "DIRECT_MARKETING" ? people.notInMarketing : people.notFoundHint}
            >
              <ButtonLink href={back.href}>{people.title}</ButtonLink>
            </EmptyState>
          )
        }
      </Loaded>
    </>
  );
}

function titleOf(person: WholePerson, without: (id: string) => string): string {
  return person.externalReference ?? without(shortId(person.id));
}

interface PartsProps extends PersonPartProps {
  readonly purpose: Purpose;
  readonly onPurpose: (purpose: Purpose) => void;
}

function Parts({ person, purpose, onPurpose, reload }: PartsProps) {
  const consents = useMay("consents:read");
  const rights = useMay("rights:read");
  const records = useMay("accounting:read");
  const log = useMay("audit:read");
  return (
    <>
      <Held person={person} purpose={purpose} onPurpose={onPurpose} reload={reload} />
      {rights ? <PersonRequests person={person} /> : null}
      <div class="person-grid">
        {consents ? <Consents person={person} reload={reload} /> : null}
        <Restrictions person={person} reload={reload} />
      </div>
      <Holds person={person} reload={reload} />
      {records ? <Records person={person} reload={reload} /> : null}
      {log ? <AccessLog person={person} /> : null}
    </>
  );
}

/** What is held about the person, shown when somebody wants to see it. */
function Held({ person, purpose, onPurpose, reload }: PartsProps) {
  const { people, codes } = useText();
  const [editing, setEditing] = useState(false);
  // Counts the changes made here: what is shown is read anew after each.
  const [version, setVersion] = useState(0);
  const gone = person.status === "ERASED";
  const mayWrite = useMay("subjects:write");
  return (
    <Section
      title={people.details}
      aside={mayWrite && !gone ? <Button onClick={() => setEditing(true)}>{people.edit}</Button> : null}
    >
      <Facts
        of={[
          [people.values.externalReference, person.externalReference ?? people.noReference],
          [
            people.id,
            <span key="id">
              <code>{person.id}</code> <CopyButton value={person.id} of={people.id} />
            </span>,
          ],
          [people.columns.registered, <When key="at" at={person.createdAt} />],
          [people.columns.updated, <When key="at" at={person.updatedAt} />],
          [people.erasedAt, person.erasedAt ? <When at={person.erasedAt} /> : null],
        ]}
      />
      {person.status === "RESTRICTED" ? <Notice tone="warning">{people.restrictedHint}</Notice> : null}
      {person.status === "PARTIALLY_ERASED" ? <Notice tone="info">{people.partlyErasedHint}</Notice> : null}
      {gone ? (
        <Notice tone="info">{people.erasedHint}</Notice>
      ) : (
        <div class="person-values">
          <SelectField
            label={people.purpose}
            hint={people.purposeHint[purpose]}
            value={purpose}
            options={purposes.map((one) => [one, codes.purpose[one]])}
            onValue={onPurpose}
          />
          <Values key={`${purpose}/${version}`} id={person.id} purpose={purpose} />
        </div>
      )}
      {editing ? (
        <EditDialog
          id={person.id}
          externalReference={person.externalReference ?? null}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            setVersion(version + 1);
            reload();
          }}
        />
      ) : null}
    </Section>
  );
}
