import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createLive } from "./live.ts";
import type { Session } from "./session.ts";

/** The console's client. Nothing is cached: most of what it reads is about persons. */
export function createClient(session: Session, language: () => string): Client {
  const live = createLive(session);
  return new Client({
    url: "/console/graphql",
    preferGetMethod: false,
    requestPolicy: "network-only",
    fetch: (input, init) => sendWithSession(session, language, input, init),
    exchanges: [
      fetchExchange,
      subscriptionExchange({ forwardSubscription: (body, operation) => live(operation.query, body.variables) }),
    ],
  });
}

/** Sends; when the session is over, waits until somebody has signed in again and sends the same once more. */
async function sendWithSession(
  session: Session,
  language: () => string,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  for (;;) {
    const headers = new Headers(init?.headers);
    headers.set("x-csrf-token", session.csrf);
    headers.set("accept-language", language());
    const response = await fetch(input, { ...init, headers, credentials: "same-origin", redirect: "error" });
    if (response.status !== 401) {
      session.heard();
      return response;
    }
    await session.renewed();
  }
}
