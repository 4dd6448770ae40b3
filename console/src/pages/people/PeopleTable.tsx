import "../../parts/typed.css";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import type { PeopleQuery, Purpose } from "../../gql/graphql.ts";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import { SubjectBadge } from "./SubjectBadge.tsx";

type Person = PeopleQuery["dataSubjects"]["edges"][number]["node"];

/** The end of an identifier, enough to tell one from another in a list. */
export function shortId(id: string): string {
  return `…${id.slice(-6)}`;
}

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly values: boolean;
  /** Kept on the way to a person; empty for the usual one. */
  readonly purpose: Purpose | "";
}

/** Persons, by the tenant's own key; names and addresses where they were asked for. */
export function PeopleTable({ people, values, purpose }: PeopleTableProps) {
  const words = useText().people;
  const columns: Column<Person>[] = [
    {
      name: words.columns.reference,
      heads: true,
      cell: (person) => (
        <a class="typed people-short" href={hrefTo("person", person.id, { purpose })}>
          {person.externalReference ?? words.withoutReference(shortId(person.id))}
        </a>
      ),
    },
    ...(values ? valueColumns(words) : []),
    { name: words.columns.status, cell: (person) => <SubjectBadge status={person.status} /> },
    ...(values
      ? []
      : [
          { name: words.columns.registered, cell: (person: Person) => <When at={person.createdAt} /> },
          { name: words.columns.updated, cell: (person: Person) => <When at={person.updatedAt} /> },
        ]),
  ];
  return <Table caption={words.title} columns={columns} rows={people} keyOf={(person) => person.id} />;
}

function valueColumns(words: ReturnType<typeof useText>["people"]): Column<Person>[] {
  const shown = (value: string | null | undefined, kind = "typed") =>
    value ? <span class={kind}>{value}</span> : <span class="soft">–</span>;
  return [
    { name: words.values.name, cell: (person) => shown(person.name, "typed people-short") },
    { name: words.values.email, cell: (person) => shown(person.email) },
    { name: words.values.phone, cell: (person) => shown(person.phone, "reference") },
  ];
}
