import "./requests.css";
import { useEffect, useMemo } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { usePreferences, useText } from "../../app/preferences.tsx";
import { go, usePlace } from "../../app/router.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import type { RightsRequestKind } from "../../gql/codes.ts";
import { RequestListDocument, type RequestListQuery } from "../../gql/graphql.ts";
import { ButtonLink } from "../../parts/Button.tsx";
import { useCursors } from "../../parts/cursors.ts";
import { SelectField } from "../../parts/Field.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Paging } from "../../parts/Paging.tsx";
import { Section } from "../../parts/Section.tsx";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { Deadline, TimeLeft, When } from "../../parts/When.tsx";
import { filterOf, kindOf, type State, stateOf, states } from "./filters.ts";
import { openStates } from "./steps.ts";

const pageSize = 25;

type Row = RequestListQuery["rightsRequests"]["edges"][number]["node"];

/** All requests, by state and right. The filters stand in the address, so that a link keeps them. */
export function RequestList() {
  const text = useText();
  const { query } = usePlace();
  const state = stateOf(query.get("state"));
  const kind = kindOf(query.get("kind"), Object.keys(text.codes.requestKind) as RightsRequestKind[]);
  const cursors = useCursors();
  useEffect(cursors.start, [state, kind]);
  const variables = useMemo(
    () => ({ first: pageSize, after: cursors.after, filter: filterOf(state, kind) }),
    [cursors.after, state, kind],
  );
  const answer = useAnswer(RequestListDocument, variables);
  const choose = (nextState: State, nextKind: RightsRequestKind | "") =>
    go(hrefTo("requests", "", { state: nextState === "open" ? undefined : nextState, kind: nextKind }), true);
  return (
    <>
      <PageHead title={text.requests.title} lead={text.requests.lead}>
        {useMay("rights:write") ? (
          <ButtonLink href={hrefTo("newRequest")} tone="primary">
            {text.requests.register}
          </ButtonLink>
        ) : null}
      </PageHead>
      <search class="request-filters" aria-label={text.requests.filters}>
        <fieldset class="segments">
          <legend class="hidden">{text.requests.state}</legend>
          {states.map((name) => (
            <label key={name}>
              <input type="radio" name="state" checked={state === name} onChange={() => choose(name, kind)} />
              <span>{text.requests.states[name]}</span>
            </label>
          ))}
        </fieldset>
        <SelectField
          label={text.requests.kind}
          value={kind}
          none={text.requests.anyKind}
          options={Object.entries(text.codes.requestKind) as [RightsRequestKind, string][]}
          onValue={(value) => choose(state, value)}
        />
      </search>
      <Loaded of={answer}>
        {({ rightsRequests: { totalCount, edges, pageInfo } }) =>
          edges.length === 0 ? (
            <EmptyState title={text.requests.none} body={text.requests.noneHint}>
              <ButtonLink href={hrefTo("requests", "", { state: "all" })}>{text.requests.showAll}</ButtonLink>
            </EmptyState>
          ) : (
            <Section title={text.requests.count(totalCount)}>
              <RequestTable rows={edges.map((edge) => edge.node)} />
              <Paging
                behind={cursors.behind}
                hasNext={pageInfo.hasNextPage}
                onNext={() => cursors.next(pageInfo.endCursor)}
                onBack={cursors.back}
              />
            </Section>
          )
        }
      </Loaded>
    </>
  );
}

function RequestTable({ rows }: { rows: readonly Row[] }) {
  const { text } = usePreferences();
  const names = text.requests.columns;
  const columns: readonly Column<Row>[] = [
    {
      name: names.request,
      heads: true,
      cell: (row) => (
        <a href={hrefTo("request", row.id)}>
          {text.codes.requestKind[row.kind]} <span class="request-reference reference">{row.reference}</span>
        </a>
      ),
    },
    { name: names.status, cell: (row) => <StatusBadge status={row.status} /> },
    { name: names.received, cell: (row) => <When at={row.receivedAt} /> },
    { name: names.channel, cell: (row) => text.codes.channel[row.channel] },
    { name: names.due, cell: (row) => <Deadline at={row.dueAt} /> },
    {
      name: names.left,
      cell: (row) => (openStates.includes(row.status) ? <TimeLeft until={row.dueAt} overdue={row.overdue} /> : "–"),
    },
  ];
  return <Table caption={text.requests.title} columns={columns} rows={rows} keyOf={(row) => row.id} />;
}
