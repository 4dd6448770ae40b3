import { type Bytes, fromBase64, ofText, same, toHex } from "./bytes.ts";
import { checkSignature, type Head, readHead, readVerifierKey, type SignatureState } from "./note.ts";
import { leafHash, rootOfInclusion } from "./tree.ts";

/** A proof that an entry is in a log (C2SP tlog-proof). */
export interface InclusionProof {
  /** The bytes of the entry, where the proof brings them. */
  readonly extra: Bytes | null;
  readonly index: number;
  readonly path: readonly Bytes[];
  readonly head: Head;
}

/** What came of checking a proof, step by step. */
export interface InclusionVerdict {
  /** The proof is about the very bytes that are shown. */
  readonly sameEntry: boolean;
  /** Hash of those bytes, in hexadecimal digits. */
  readonly leaf: string;
  /** From that hash the path leads to the root of the head. */
  readonly included: boolean;
  readonly signature: SignatureState;
  readonly index: number;
  readonly head: Head;
}

/** Whether all that could be checked was right. */
export function holds(verdict: InclusionVerdict): boolean {
  const signed = verdict.signature === "good" || verdict.signature === "unsupported";
  return verdict.sameEntry && verdict.included && signed;
}

/** Reads a proof; null when the text is none. */
export function readInclusionProof(text: string): InclusionProof | null {
  const blank = text.indexOf("\n\n");
  if (blank < 0) return null;
  const lines = text.slice(0, blank).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") return null;
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift()?.slice(6) ?? "") : null;
  const index = lines.shift()?.match(/^index (0|[1-9][0-9]{0,14})$/)?.[1];
  const path = lines.map(fromBase64);
  const head = readHead(text.slice(blank + 2));
  if (index === undefined || !head || !path.every((hash): hash is Bytes => hash?.length === 32)) return null;
  return { extra, index: Number(index), path, head };
}

/** Checks that an entry is where the proof says, below a head that the key has signed; null when the proof cannot be read. */
export async function checkInclusion(
  canonicalJson: string,
  proof: string,
  verifierKey: string,
): Promise<InclusionVerdict | null> {
  const read = readInclusionProof(proof);
  if (!read) return null;
  const entry = ofText(canonicalJson);
  const leaf = await leafHash(entry);
  const root = await rootOfInclusion(leaf, read.index, read.head.size, read.path);
  const key = await readVerifierKey(verifierKey);
  return {
    sameEntry: read.extra === null || same(read.extra, entry),
    leaf: toHex(leaf),
    included: root !== null && same(root, read.head.root),
    signature: key ? await checkSignature(read.head, key) : "otherKey",
    index: read.index,
    head: read.head,
  };
}
