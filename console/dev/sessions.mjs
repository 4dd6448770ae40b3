import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const cookie = "console-dev-session";
const kinds = {
  admin: ["Dataskyddsansvarig · Privacy officer", "Ser allt, beslutar och signerar. Sees all, decides and signs."],
  reader: ["Läsare · Reader", "Ser bara personer. Sees people only."],
  marketing: ["Marknad · Marketing", "Ser personer och samtycken. Sees people and consents."],
};

/** Sessions in memory, one role of the demo each. */
export function createSessions({ demoDir, idleSeconds }) {
  const open = new Map();
  const demo = () => JSON.parse(readFileSync(join(demoDir, "demo.json"), "utf8"));
  const roles = () =>
    demo().tenants.flatMap((tenant) =>
      Object.entries(kinds).map(([kind, [name, description]]) => ({
        id: `${tenant.id}/${kind}`,
        tenant: tenant.name,
        name,
        description,
      })),
    );
  const told = (session) => ({
    state: "signedIn",
    csrf: session.csrf,
    tenantId: session.tenantId,
    actor: session.actor,
    scopes: session.scopes,
    expiresAt: new Date(session.heard + idleSeconds * 1000).toISOString(),
    idleSeconds,
    absoluteAt: session.absoluteAt,
  });
  return {
    demo,
    told,
    signedOut: () => ({ state: "signedOut", signIn: "demo", roles: roles() }),
    find(request) {
      const id = request.headers.cookie?.match(new RegExp(`${cookie}=([0-9a-f]+)`))?.[1];
      const session = id ? open.get(id) : undefined;
      if (!session || Date.now() - session.heard > idleSeconds * 1000) return undefined;
      session.heard = Date.now();
      return session;
    },
    begin(roleId) {
      const [tenantId, kind] = String(roleId).split("/");
      const token = demo().tenants.find(({ id }) => id === tenantId)?.tokens[kind];
      if (!token || !kinds[kind]) return undefined;
      const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
      const session = {
        id: randomBytes(16).toString("hex"),
        csrf: randomBytes(16).toString("hex"),
        tenantId,
        token,
        actor: claims.sub,
        scopes: claims.scope.split(" "),
        heard: Date.now(),
        absoluteAt: new Date(Date.now() + 8 * 3600 * 1000).toISOString(),
      };
      open.set(session.id, session);
      return session;
    },
    end: (session) => open.delete(session.id),
    cookieFor: (session) =>
      `${cookie}=${session?.id ?? ""}; Path=/; HttpOnly; SameSite=Strict${session ? "" : "; Max-Age=0"}`,
  };
}
