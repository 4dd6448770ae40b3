import { createOperationDescriptor, fetchQuery, getRequest, getSelector, graphql, type Environment, type GraphQLTaggedNode, type OperationType } from "relay-runtime";
import type { requests_row$data, requests_row$key } from "./__generated__/requests_row.graphql";
import requestQuery, { type RequestQuery } from "./__generated__/RequestQuery.graphql";
import type { requestsPageQuery } from "./__generated__/requestsPageQuery.graphql";

/** What a row of the list shows. It can be read again by itself: Relay makes a query by `node(id:)` for it. */
export const row = graphql`
  fragment requests_row on RightsRequest @refetchable(queryName: "RequestQuery") {
    id
    reference
    kind
    status
    dueAt
  }
`;

const page = graphql`
  query requestsPageQuery($first: Int!, $after: String) {
    rightsRequests(first: $first, after: $after) @connection(key: "requests_rightsRequests") {
      edges {
        node {
          ...requests_row
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** Reads one more page into the store, and gives its cursor where there is another. */
export async function loadPage(environment: Environment, first: number, after: string | null): Promise<string | null> {
  const data = await fetchQuery<requestsPageQuery>(environment, page, { first, after }).toPromise();
  const info = data?.rightsRequests.pageInfo;
  return info?.hasNextPage === true ? (info.endCursor ?? null) : null;
}

/** All that was read so far, out of the store: Relay has joined the pages. */
export function loaded(environment: Environment, first: number): requests_row$data[] {
  const data = lookUp<requestsPageQuery>(environment, page, { first, after: null });
  return (data?.rightsRequests.edges ?? []).map(({ node }) => readRow(environment, node));
}

/** Reads one request again by its global id. */
export async function readAgain(environment: Environment, id: string): Promise<requests_row$data> {
  const data = await fetchQuery<RequestQuery>(environment, requestQuery, { id }).toPromise();
  if (!data?.node) throw new Error("there is no such request");
  return readRow(environment, data.node);
}

function readRow(environment: Environment, key: requests_row$key): requests_row$data {
  const selector = getSelector(row as never, key);
  if (selector?.kind !== "SingularReaderSelector") throw new Error("the row is not in the store");
  return environment.lookup(selector).data as unknown as requests_row$data;
}

function lookUp<Q extends OperationType>(environment: Environment, query: GraphQLTaggedNode, variables: Q["variables"]): Q["response"] | undefined {
  const operation = createOperationDescriptor(getRequest(query), variables);
  return environment.lookup(operation.fragment).data as Q["response"] | undefined;
}
