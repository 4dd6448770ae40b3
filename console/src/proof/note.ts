import { type Bytes, fromBase64, joined, ofText, same, sha256 } from "./bytes.ts";
import type { Tree } from "./tree.ts";

/** A signed head of a log (C2SP tlog-checkpoint in a signed-note). */
export interface Head extends Tree {
  readonly origin: string;
  /** What the signatures are over. */
  readonly signed: Bytes;
  readonly signatures: readonly Signature[];
}

interface Signature {
  readonly name: string;
  readonly keyId: Bytes;
  readonly bytes: Bytes;
}

/** A public key and the name that it signs under. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: Bytes;
  readonly publicKey: Bytes;
}

/** What came of checking a signature: `unsupported` where the browser knows no Ed25519. */
export type SignatureState = "good" | "bad" | "otherKey" | "unsupported";

const keyIdLength = 4;
const ed25519 = 1;

/** Reads a signed head; null when the text is none. */
export function readHead(note: string): Head | null {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) return null;
  const [origin, size, root] = note.slice(0, end).split("\n");
  const hash = fromBase64(root ?? "");
  if (!origin || !size || !/^(0|[1-9][0-9]{0,14})$/.test(size) || hash?.length !== 32) return null;
  const signatures = note
    .slice(end + 2)
    .split("\n")
    .flatMap((line) => signatureIn(line) ?? []);
  return { origin, size: Number(size), root: hash, signed: ofText(note.slice(0, end + 1)), signatures };
}

function signatureIn(line: string): Signature | null {
  const [, name, value] = line.match(/^\u2014 (\S+) (\S+)$/) ?? [];
  const bytes = fromBase64(value ?? "");
  if (!name || !bytes || bytes.length <= keyIdLength) return null;
  return { name, keyId: bytes.slice(0, keyIdLength), bytes: bytes.slice(keyIdLength) };
}

/** Reads a key in signed-note form, `name+id+key`; null when it is none, or its id is not that of name and key. */
export async function readVerifierKey(text: string): Promise<VerifierKey | null> {
  const [, name, id, value] = text.trim().match(/^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/) ?? [];
  const key = fromBase64(value ?? "");
  if (!name || !id || key?.length !== 33 || key[0] !== ed25519) return null;
  const keyId = (await sha256(joined(ofText(`${name}\n`), key))).slice(0, keyIdLength);
  const told = Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return same(keyId, told) ? { name, keyId, publicKey: key.slice(1) } : null;
}

/** Whether the key has signed the head. */
export async function checkSignature(head: Head, key: VerifierKey): Promise<SignatureState> {
  const signature = head.signatures.find(({ name, keyId }) => name === key.name && same(keyId, key.keyId));
  if (!signature || key.name !== head.origin) return "otherKey";
  try {
    const imported = await crypto.subtle.importKey("raw", key.publicKey, { name: "Ed25519" }, false, ["verify"]);
    const good = await crypto.subtle.verify({ name: "Ed25519" }, imported, signature.bytes, head.signed);
    return good ? "good" : "bad";
  } catch {
    return "unsupported";
  }
}
