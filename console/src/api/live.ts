import type { SubscriptionForwarder } from "@urql/core";
import { createClient } from "graphql-ws";
import type { Session } from "./session.ts";

type Observable = ReturnType<SubscriptionForwarder>;

/** The token or the session behind the socket has ended. */
const forbidden = 4403;

/** What follows changes over graphql-transport-ws; the socket is opened with the first follower. */
export function createLive(session: Session): (query: unknown, variables: unknown) => Observable {
  const socket = createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/console/ws`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    // The client wants a text; what is sent is the digest alone.
    jsonMessageReplacer: (key, value) => (key === "query" && value === "" ? undefined : value),
    connectionParams: () => ({ csrf: session.csrf }),
    on: {
      closed: (event) => {
        if ((event as CloseEvent).code === forbidden) void session.renewed();
      },
    },
  });
  return (query, variables) => ({
    subscribe(sink) {
      const { documentId } = query as { documentId: string };
      const payload = { query: "", documentId, variables: variables as Record<string, unknown> };
      const end = socket.subscribe(payload, {
        next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      });
      return { unsubscribe: end };
    },
  });
}
