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

  const fetcher = async (parameters, options) => {
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
