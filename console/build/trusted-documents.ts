import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Writes `documents.json`: every operation of the console by the SHA-256 of its text, and no other. */
export function trustedDocuments(source: string): Plugin {
  return {
    name: "trusted-documents",
    apply: "build",
    generateBundle() {
      const texts = JSON.parse(readFileSync(source, "utf8")) as Record<string, string>;
      const entries = Object.entries(texts).map(([id, text]) => [id.replace(/^sha256:/, ""), text] as const);
      for (const [digest, text] of entries) {
        if (createHash("sha256").update(text).digest("hex") !== digest) {
          this.error(`${digest} is not the digest of its text`);
        }
      }
      const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
      this.emitFile({ type: "asset", fileName: "documents.json", source: `${JSON.stringify(sorted, null, 1)}\n` });
    },
  };
}
