import { cacheExchange, Client, fetchExchange, type Exchange, type Operation } from "@urql/core";
import { filter, merge, pipe, share } from "wonka";
import { carriesPersonalData } from "./gql/personal-data.js";

const aboutPeople = ({ kind, query }: Operation) => (kind === "query" || kind === "teardown") && carriesPersonalData(query);

/**
 * Stands before the cache and fetches what is about people itself, so that none of it is kept. Everything else goes on:
 * answers of mutations are not kept anyway, and the cache learns from them what is out of date.
 */
const fetchPersonalData: Exchange = ({ client, dispatchDebug, forward }) => {
  const fetched = fetchExchange({ client, dispatchDebug, forward: filter((_): _ is never => false) });
  return (operations) => {
    const shared = pipe(operations, share);
    const people = pipe(shared, filter(aboutPeople), fetched);
    const others = pipe(shared, filter((operation) => operation.kind === "teardown" || !aboutPeople(operation)), forward);
    return merge([people, others]);
  };
};

/** A client that speaks for the bearer of a token. */
export function clientFor(url: string, token: string): Client {
  return new Client({
    url,
    exchanges: [fetchPersonalData, cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}`, "accept-language": "en" } },
  });
}
