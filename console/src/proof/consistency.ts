import { type Bytes, fromBase64, same } from "./bytes.ts";
import type { Head } from "./note.ts";
import { extendsTree } from "./tree.ts";

/** How a later head of a log stands to an earlier one. */
export type Consistency =
  /** The very same head. */
  | "same"
  /** All of the earlier entries are in it, unchanged. */
  | "extended"
  /** Entries were changed, or put in between. */
  | "forked"
  /** Entries were taken away. */
  | "shrunk"
  /** It is the head of another log. */
  | "otherLog";

/** Whether a proof is needed to compare them, and there can be one. */
export function needsProof(earlier: Head, later: Head): boolean {
  return earlier.origin === later.origin && earlier.size >= 1 && earlier.size < later.size;
}

/** Compares two heads by a consistency proof, base 64 as the gateway gives it; null while it is needed and not there. */
export async function compareHeads(
  earlier: Head,
  later: Head,
  proof: readonly string[] | null,
): Promise<Consistency | null> {
  if (earlier.origin !== later.origin) return "otherLog";
  if (earlier.size > later.size) return "shrunk";
  if (earlier.size === later.size) return same(earlier.root, later.root) ? "same" : "forked";
  if (earlier.size === 0) return "extended";
  if (!proof) return null;
  const hashes = proof.map(fromBase64);
  const whole = hashes.every((hash): hash is Bytes => hash?.length === 32);
  return whole && (await extendsTree(earlier, later, hashes)) ? "extended" : "forked";
}
