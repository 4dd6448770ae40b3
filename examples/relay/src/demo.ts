import { readFileSync } from "node:fs";

/** What the example takes from the file that the demo writes. */
export interface Demo {
  readonly gatewayUrl: string;
  readonly tenants: readonly [Tenant, ...Tenant[]];
}

/** A tenant, and tokens for it. */
export interface Tenant {
  readonly name: string;
  readonly tokens: { readonly admin: string; readonly reader: string };
}

/** Reads `demo.json`; the environment variable DEMO says where it is. */
export function readDemo(): Demo {
  const path = process.env["DEMO"];
  if (!path) throw new Error("DEMO is not set: export DEMO=…/data/demo/demo.json");
  return JSON.parse(readFileSync(path, "utf8")) as Demo;
}
