import type { SubscriptionForwarder } from "@urql/core";
import { createClient } from "graphql-ws";
import type { Session } from "./session.ts";

type Observable = ReturnType<SubscriptionForwarder>;

/** The token or the session behind the socket has ended. */
const forbidden = 4403;

/** The longest wait before a socket that was cut off is opened again, in milliseconds. */
const longestWait = 30_000;

/** What follows changes over graphql-transport-ws; the socket is opened with the first follower. */
export function createLive(session: Session): (query: unknown, variables: unknown) => Observable {
  let signedInAgain: Promise<void> | null = null;
  const socket = createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/console/ws`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async (retries) => {
      if (signedInAgain) await signedInAgain;
      else await new Promise((after) => setTimeout(after, waitBefore(retries)));
    },
    // The client wants a text; what is sent is the digest alone.
    jsonMessageReplacer: (key, value) => (key === "query" && value === "" ? undefined : value),
    connectionParams: () => ({ csrf: session.csrf }),
    on: {
      closed: (event) => {
        if ((event as CloseEvent).code !== forbidden || signedInAgain) return;
        signedInAgain = session.renewed().finally(() => {
          signedInAgain = null;
        });
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

/** Twice as long each time, and not all browsers at once. */
function waitBefore(retries: number): number {
  return Math.min(longestWait, 1000 * 2 ** retries) * (0.75 + Math.random() / 2);
}
