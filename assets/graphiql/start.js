"use strict";

(() => {
  // Operations and variables may name persons and headers hold a token, so the editor keeps nothing in the browser.
  const kept = new Map();
  const storage = {
    get length() {
      return kept.size;
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };

  // A subscription has a socket of its own, which ends with it (graphql-transport-ws).
  const follow = (parameters, headers) => ({
    subscribe(observer) {
      const address = new URL(`${window.location.pathname}/ws`, window.location.href);
      address.protocol = address.protocol.replace("http", "ws");
      const socket = new WebSocket(address, "graphql-transport-ws");
      const say = (message) => socket.send(JSON.stringify(message));
      const [, authorization] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "authorization") ?? [];
      socket.onopen = () => say({ type: "connection_init", payload: { authorization } });
      socket.onmessage = ({ data }) => {
        const { type, payload } = JSON.parse(data);
        if (type === "connection_ack") say({ id: "1", type: "subscribe", payload: parameters });
        if (type === "next") observer.next(payload);
        if (type === "error") observer.next({ errors: payload });
        if (type === "error" || type === "complete") socket.close(1000);
      };
      socket.onclose = ({ code, reason }) => {
        if (code !== 1000) observer.next({ errors: [{ message: `The socket was closed with ${code}: ${reason}` }] });
        observer.complete();
      };
      return { unsubscribe: () => socket.close(1000) };
    },
  });

  const isFollowed = ({ operationName }, document) =>
    (document?.definitions ?? []).some(
      ({ operation, name }) => operation === "subscription" && (!operationName || name?.value === operationName),
    );

  const fetcher = async (parameters, options) => {
    if (isFollowed(parameters, options?.documentAST)) return follow(parameters, options.headers);
    const response = await fetch(window.location.pathname, {
      method: "POST",
      credentials: "omit",
      headers: {
        ...options?.headers,
        accept: "application/graphql-response+json, application/json;q=0.9",
        "content-type": "application/json",
      },
      body: JSON.stringify(parameters),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      return { errors: [{ message: `The gateway answered ${response.status}: ${text}` }] };
    }
  };

  const defaultQuery = `# Paste a token under "Headers" below,
# then reload the schema (Shift-Ctrl-R).

query WhoIsAsking {
  viewer {
    scopes
  }
}
`;

  const page = React.createElement(GraphiQL, {
    fetcher,
    storage,
    defaultQuery,
    defaultHeaders: '{ "Authorization": "Bearer " }',
    isHeadersEditorEnabled: true,
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(page);
})();
