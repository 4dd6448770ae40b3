// Runs every audit of the npm package graphql-http against a gateway.
//
//   node run.mjs URL          with a bearer token in the environment variable TOKEN
//
// MUST and SHOULD have to pass; of the rest a failure is told and not counted. The last line is "N passed, N failed".

import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
const token = process.env.TOKEN;
if (!url || !token) {
  console.error("usage: TOKEN=… node run.mjs URL");
  process.exit(2);
}

const withToken = (input, init = {}) => {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  // A query by GET must show that no other site's page sent it.
  headers.set("graphql-require-preflight", "1");
  return fetch(input, { ...init, headers, signal: AbortSignal.timeout(10_000) });
};

const required = (name) => name.startsWith("MUST") || name.startsWith("SHOULD");
let passed = 0;
let failed = 0;

for (const audit of serverAudits({ url, fetchFn: withToken })) {
  const result = await audit.fn().catch((error) => ({ status: "error", reason: String(error.cause ?? error) }));
  if (result.status === "ok") {
    passed += 1;
    continue;
  }
  const counts = required(audit.name);
  failed += counts ? 1 : 0;
  const answer = result.response ? ` (answered ${result.response.status})` : "";
  console.log(`${counts ? "FAILED" : "optional"} ${audit.id} ${audit.name}: ${result.reason}${answer}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
