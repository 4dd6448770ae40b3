import { Environment, Network, RecordSource, Store, type GraphQLResponse } from "relay-runtime";

/**
 * An environment that speaks for the bearer of a token. What is read lives in its store, in memory: with the next sign-in
 * make a new one, and never write the store to a disk.
 */
export function environmentFor(url: string, token: string): Environment {
  const network = Network.create(async ({ text: query }, variables) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer.json()) as GraphQLResponse;
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}
