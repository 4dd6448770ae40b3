import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The trusted text of a digest. */
export function textOf(documentId) {
  const texts = JSON.parse(readFileSync(join(dist, "documents.json"), "utf8"));
  return texts[String(documentId).replace(/^sha256:/, "")];
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}");
}

export function routeWith(sessions) {
  return (request, response) =>
    route(sessions, request, response).catch((error) => {
      console.error(String(error));
      if (!response.headersSent) answer(response, 502, { error: "the demo does not answer" });
    });
}

async function route(sessions, request, response) {
  const { pathname } = new URL(request.url, "http://console.invalid");
  if (pathname === "/console/session") return session(sessions, request, response);
  if (pathname === "/console/graphql") return graphql(sessions, request, response);
  if (pathname.startsWith("/downloads/")) {
    const source = new URL(pathname, sessions.demo().gatewayUrl);
    const file = await fetch(source);
    response.writeHead(file.status, Object.fromEntries(file.headers));
    return response.end(Buffer.from(await file.arrayBuffer()));
  }
  if (pathname === "/") return answer(response, 302, undefined, { location: "/console/" });
  return file(pathname, response);
}

async function session(sessions, request, response) {
  const found = sessions.find(request);
  if (request.method === "POST") {
    const begun = sessions.begin((await bodyOf(request)).role);
    if (!begun) return answer(response, 400, { error: "unknown role" });
    return answer(response, 200, sessions.told(begun), { "set-cookie": sessions.cookieFor(begun) });
  }
  if (request.method === "DELETE") {
    if (found && request.headers["x-csrf-token"] !== found.csrf) return answer(response, 403, {});
    if (found) sessions.end(found);
    return answer(response, 204, undefined, { "set-cookie": sessions.cookieFor(undefined) });
  }
  return answer(response, 200, found ? sessions.told(found) : sessions.signedOut());
}

async function graphql(sessions, request, response) {
  const found = sessions.find(request);
  const refused = (code) => ({ errors: [{ message: code, extensions: { code } }] });
  if (!found) return answer(response, 401, refused("UNAUTHENTICATED"));
  if (request.headers["x-csrf-token"] !== found.csrf) return answer(response, 403, refused("FORBIDDEN"));
  const { documentId, variables } = await bodyOf(request);
  const query = textOf(documentId);
  if (!query) return answer(response, 200, refused("PERSISTED_QUERY_NOT_FOUND"));
  const answered = await fetch(sessions.demo().gatewayUrl, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      "accept-language": request.headers["accept-language"] ?? "sv",
      authorization: `Bearer ${found.token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  response.writeHead(answered.status, {
    "content-type": answered.headers.get("content-type") ?? "application/json",
    "cache-control": "no-store",
    "x-request-id": answered.headers.get("x-request-id") ?? "",
  });
  response.end(await answered.text());
}

function file(pathname, response) {
  const inside = normalize(pathname.replace(/^\/console\//, ""));
  const path = join(dist, inside);
  const exists = !inside.startsWith("..") && existsSync(path) && statSync(path).isFile();
  const shown = exists ? path : join(dist, "index.html");
  response.writeHead(200, {
    "content-type": types[extname(shown)] ?? "application/octet-stream",
    "cache-control": "no-store",
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(readFileSync(shown));
}
