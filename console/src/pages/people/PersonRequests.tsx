import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import type { RightsRequestKind } from "../../gql/graphql.ts";
import { ButtonLink } from "../../parts/Button.tsx";
import { Section } from "../../parts/Section.tsx";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { Deadline, When } from "../../parts/When.tsx";
import type { WholePerson } from "./Person.tsx";

/** Every right that a person can exercise; a consent is withdrawn among the consents. */
const kinds = [
  "ACCESS",
  "RECTIFICATION",
  "ERASURE",
  "RESTRICTION",
  "PORTABILITY",
  "OBJECTION",
] as const satisfies readonly RightsRequestKind[];

/** What the person has asked for, and where to register that they ask for something. */
export function PersonRequests({ person }: { person: WholePerson }) {
  const { people, codes } = useText();
  const words = people.requests;
  const may = useMay("rights:write") && person.status !== "ERASED";
  const requests = person.rightsRequests?.edges.map((edge) => edge.node) ?? [];
  type Request = (typeof requests)[number];
  const columns: Column<Request>[] = [
    {
      name: words.request,
      heads: true,
      cell: (request) => (
        <a href={hrefTo("request", request.id)}>
          {codes.requestKind[request.kind]} {request.reference}
        </a>
      ),
    },
    { name: people.columns.status, cell: (request) => <StatusBadge status={request.status} /> },
    { name: words.received, cell: (request) => <When at={request.receivedAt} /> },
    { name: words.due, cell: (request) => <Deadline at={request.dueAt} /> },
  ];
  return (
    <Section title={words.title}>
      {requests.length > 0 ? (
        <Table caption={words.title} columns={columns} rows={requests} keyOf={(request) => request.id} />
      ) : (
        <p class="soft">{words.none}</p>
      )}
      {may ? (
        <>
          <h3>{words.start}</h3>
          <p class="soft">{words.startHint}</p>
          <div class="person-starts">
            {kinds.map((kind) => (
              <ButtonLink key={kind} href={hrefTo("newRequest", "", { subject: person.id, kind })}>
                {codes.requestKind[kind]}
              </ButtonLink>
            ))}
          </div>
        </>
      ) : null}
    </Section>
  );
}
