import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audience, client, type Issuer } from "./issuer.ts";

const binary = process.env["GATEWAY_BINARY"] ?? "";
const loaded = process.env["DEMO_FOLDER"] ?? "";

/** The tenants of the demonstration. */
export function demoTenants(): readonly { id: string; name: string }[] {
  return (JSON.parse(readFileSync(join(loaded, "demo.json"), "utf8")) as { tenants: { id: string; name: string }[] })
    .tenants;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The gateway as `serve` runs it, on the demonstration's data, with sign-in at an issuer. */
export class Gateway {
  readonly #folder = mkdtempSync(join(tmpdir(), "console-e2e-"));
  #process: ChildProcess | undefined;
  url = "";

  async start(issuer: Issuer): Promise<void> {
    cpSync(loaded, this.#folder, { recursive: true });
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const file = join(this.#folder, "gateway.toml");
    writeFileSync(file, this.#configuration(port, issuer.url));
    const env = { ...process.env, PRIVACY_GATEWAY__CONSOLE__CLIENT_SECRET: client.secret };
    this.#process = spawn(binary, ["serve", "--config", file], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (part: Buffer) => {
        said = (said + String(part)).slice(-4000);
      });
    }
    for (let tries = 0; tries < 150; tries += 1) {
      const ready = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (ready?.ok) return;
      if (this.#process.exitCode !== null) break;
      await new Promise((later) => setTimeout(later, 200));
    }
    throw new Error(`the gateway does not serve: ${said}`);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running && running.exitCode === null) {
      const ended = new Promise((done) => running.once("exit", done));
      running.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #configuration(port: number, issuer: string): string {
    const at = (name: string) => join(this.#folder, name);
    return `
[server]
listen = "127.0.0.1:${port}"
[database]
url = "sqlite://${at("gateway.db")}"
[keys]
url = "sqlite://${at("keys.db")}"
master_key_file = "${at("master.key")}"
[[tokens.issuer]]
issuer = "${issuer}"
audience = "${audience}"
jwks_url = "${issuer}/jwks"
algorithms = ["ES256"]
[console]
issuer = "${issuer}"
client_id = "${client.id}"
[processor]
name = "Convenio AB"
organisation_number = "559004-2809"
address = "Långvretsvägen 14, 163 46 Spånga"
email = "privacy@convenio.example"
`;
  }
}
