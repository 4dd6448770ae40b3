import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import { RequestPersonDocument } from "../../gql/graphql.ts";
import { Facts } from "../../parts/Facts.tsx";
import { OnDemand } from "../../parts/OnDemand.tsx";
import { Section } from "../../parts/Section.tsx";
import type { WholeRequest } from "./steps.ts";

/** Whom the request is about. The values are read when somebody asks for them. */
export function Person({ id, subject }: { id: string; subject: WholeRequest["subject"] }) {
  const text = useText();
  const words = text.requests.person;
  const may = useMay("subjects:read");
  return (
    <Section title={words.title} aside={may ? <a href={hrefTo("person", subject.id)}>{words.open}</a> : null}>
      <Facts of={[[words.status, text.codes.subjectStatus[subject.status]]]} />
      {may && subject.status !== "ERASED" ? (
        <OnDemand document={RequestPersonDocument} variables={{ id }} label={words.show}>
          {({ rightsRequest }) => (
            <Facts
              of={[
                [words.name, rightsRequest?.subject.name],
                [words.email, rightsRequest?.subject.email],
                [words.phone, rightsRequest?.subject.phone],
                [words.reference, rightsRequest?.subject.externalReference],
              ]}
            />
          )}
        </OnDemand>
      ) : null}
    </Section>
  );
}
