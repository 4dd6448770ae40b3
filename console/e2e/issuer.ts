import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export const client = { id: "console", secret: "a-secret-of-the-test-alone" } as const;
export const audience = "gateway";

/** Whom an issuer signs in, and for how long. */
export interface Staff {
  actor: string;
  tenantId: string;
  scope: string;
  /** Seconds until the token ends. */
  lifetime: number;
}

/** An issuer (OpenID Connect) that knows one member of staff and asks nothing: who comes is sent back signed in. */
export class Issuer {
  readonly #server: Server;
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #codes = new Map<string, string>();
  readonly staff: Staff;
  /** How many came to its page for the session's end. */
  left = 0;

  constructor(staff: Staff) {
    this.staff = staff;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => response.writeHead(500).end(),
      );
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage) {
    const address = new URL(request.url ?? "/", this.url);
    const json = (body: object) => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    switch (address.pathname) {
      case "/.well-known/openid-configuration":
        return json({
          issuer: this.url,
          authorization_endpoint: `${this.url}/authorize`,
          token_endpoint: `${this.url}/token`,
          end_session_endpoint: `${this.url}/logout`,
          jwks_uri: `${this.url}/jwks`,
        });
      case "/jwks":
        return json({
          keys: [{ ...this.#keys.publicKey.export({ format: "jwk" }), kid: "one", alg: "ES256", use: "sig" }],
        });
      case "/authorize":
        return { status: 303, headers: { location: this.#back(address.searchParams) }, body: "" };
      case "/token": {
        let form = "";
        for await (const part of request) form += String(part);
        return json(this.#tokens(new URLSearchParams(form).get("code") ?? ""));
      }
      case "/logout":
        this.left += 1;
        return {
          status: 200,
          headers: { "content-type": "text/html" },
          body: "<title>Left</title><h1>You have left</h1>",
        };
      default:
        return { status: 404, headers: {}, body: "" };
    }
  }

  #back(asked: URLSearchParams): string {
    const code = randomUUID();
    this.#codes.set(code, asked.get("nonce") ?? "");
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return back.href;
  }

  #tokens(code: string) {
    const { actor, tenantId, scope, lifetime } = this.staff;
    const now = Math.floor(Date.now() / 1000);
    const common = { iss: this.url, sub: actor, iat: now };
    const access = { ...common, aud: audience, exp: now + lifetime, tenant_id: tenantId, scope, client_id: client.id };
    const identity = { ...common, aud: client.id, exp: now + 300, nonce: this.#codes.get(code) };
    return {
      access_token: this.#signed("at+jwt", { ...access, jti: randomUUID() }),
      id_token: this.#signed("JWT", identity),
      token_type: "Bearer",
      expires_in: lifetime,
    };
  }

  #signed(typ: string, claims: object): string {
    const encoded = [{ alg: "ES256", kid: "one", typ }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const signature = sign("sha256", Buffer.from(encoded), { key: this.#keys.privateKey, dsaEncoding: "ieee-p1363" });
    return `${encoded}.${signature.toString("base64url")}`;
  }
}
