import { useText } from "../../app/preferences.tsx";
import { PersonValuesDocument, type PersonValuesQuery, type Purpose } from "../../gql/graphql.ts";
import { Facts } from "../../parts/Facts.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { OnDemand } from "../../parts/OnDemand.tsx";

/** What is held, for one purpose; each showing is recorded. */
export function Values({ id, purpose }: { id: string; purpose: Purpose }) {
  const { people, parts } = useText();
  return (
    <OnDemand document={PersonValuesDocument} variables={{ id, purpose }} label={people.showValues}>
      {({ dataSubject }) =>
        dataSubject && hasAny(dataSubject) ? (
          <ValueList of={dataSubject} />
        ) : (
          <Notice tone="info">{purpose === "RIGHTS_HANDLING" ? parts.none : people.noneForPurpose}</Notice>
        )
      }
    </OnDemand>
  );
}

type Shown = NonNullable<PersonValuesQuery["dataSubject"]>;

function hasAny({ id: _, ...values }: Shown): boolean {
  return Object.values(values).some((value) => value !== null);
}

function ValueList({ of: person }: { of: Shown }) {
  const { people } = useText();
  const words = people.values;
  const none = <span class="soft">{people.notHeld}</span>;
  const { address } = person;
  const lines = address
    ? [...address.lines, `${address.postalCode} ${address.locality}`, address.country].join("\n")
    : null;
  return (
    <Facts
      of={[
        [words.name, person.name ?? none],
        [words.position, person.position ?? none],
        [words.email, person.email ?? none],
        [words.phone, person.phone ?? none],
        [people.address, lines ? <span class="person-address-value">{lines}</span> : none],
        [words.loginName, person.loginName ?? none],
        [words.password, person.hasPassword ? people.hasPassword : none],
      ]}
    />
  );
}
