// Plays the gateway's side of the console against a running demo: `node dev/server.mjs --demo DIR [--port P] [--idle SECONDS]`.
// It serves dist/, keeps sessions in memory and turns digests into the texts of dist/documents.json.
import { createServer } from "node:http";
import { routeWith } from "./routes.mjs";
import { createSessions } from "./sessions.mjs";
import { relaySockets } from "./sockets.mjs";

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : fallback;
}

const demoDir = option("demo", process.env.CONSOLE_DEMO ?? "../data/demo");
const port = Number(option("port", "8090"));
const sessions = createSessions({ demoDir, idleSeconds: Number(option("idle", "900")) });

const server = createServer(routeWith(sessions));
relaySockets(server, sessions);
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/console/`));
