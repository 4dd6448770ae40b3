import { type Bytes, joined, same, sha256 } from "./bytes.ts";

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

/** The hash of an entry (RFC 6962 section 2.1). */
export function leafHash(entry: Bytes): Promise<Bytes> {
  return sha256(joined(leafMark, entry));
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(joined(nodeMark, left, right));
}

const half = (number: number) => Math.floor(number / 2);
const odd = (number: number) => number % 2 === 1;

/**
 * The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); null when the proof has too few hashes or too
 * many for that place in a tree of that size.
 */
export async function rootOfInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
): Promise<Bytes | null> {
  if (index < 0 || index >= size) return null;
  let place = index;
  let last = size - 1;
  let root = leaf;
  for (const hash of path) {
    if (last === 0) return null;
    if (odd(place) || place === last) {
      root = await nodeHash(hash, root);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      root = await nodeHash(root, hash);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 ? root : null;
}

/** A tree by its size and root. */
export interface Tree {
  readonly size: number;
  readonly root: Bytes;
}

/** Whether a consistency proof shows that the later tree has all of the earlier one (RFC 9162 section 2.1.4.2). */
export async function extendsTree(earlier: Tree, later: Tree, proof: readonly Bytes[]): Promise<boolean> {
  if (earlier.size === later.size) return proof.length === 0 && same(earlier.root, later.root);
  if (earlier.size < 1 || earlier.size > later.size) return false;
  const power = Number.isInteger(Math.log2(earlier.size));
  const [first, ...rest] = power ? [earlier.root, ...proof] : proof;
  if (!first) return false;
  let place = earlier.size - 1;
  let last = later.size - 1;
  while (odd(place)) {
    place = half(place);
    last = half(last);
  }
  let before = first;
  let after = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (odd(place) || place === last) {
      before = await nodeHash(hash, before);
      after = await nodeHash(hash, after);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      after = await nodeHash(after, hash);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && same(before, earlier.root) && same(after, later.root);
}
