import { WebSocket, WebSocketServer } from "ws";
import { textOf } from "./routes.mjs";

const protocol = "graphql-transport-ws";

/** Passes `/console/ws` on to the demo's socket, with the session's token and the texts of digests. */
export function relaySockets(server, sessions) {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => protocol });
  server.on("upgrade", (request, socket, head) => {
    const session = sessions.find(request);
    if (!session || request.url !== "/console/ws") return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => relay(client, session, sessions.demo().wsUrl));
  });
}

function relay(client, session, address) {
  const gateway = new WebSocket(address, protocol);
  const early = [];
  const send = (text) => (gateway.readyState === WebSocket.OPEN ? gateway.send(text) : early.push(text));
  gateway.on("open", () => {
    for (const text of early.splice(0)) gateway.send(text);
  });
  gateway.on("message", (data) => client.send(data.toString()));
  gateway.on("close", (code, reason) => client.close(code === 1006 ? 1011 : code, reason.toString()));
  gateway.on("error", () => client.close(1011));
  client.on("close", () => gateway.close());
  client.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.type === "connection_init") {
      if (message.payload?.csrf !== session.csrf) return client.close(4403, "Forbidden");
      message.payload = { authorization: `Bearer ${session.token}` };
    }
    if (message.type === "subscribe") {
      const { documentId, variables } = message.payload;
      message.payload = { query: textOf(documentId), variables };
    }
    return send(JSON.stringify(message));
  });
}
