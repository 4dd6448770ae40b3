import { expect, test } from "vitest";
import { fromHex, toHex } from "./bytes.ts";
import { extendsTree, leafHash, rootOfInclusion } from "./tree.ts";

// The known answers of Certificate Transparency: eight leaves, their roots and some proofs, as in tlog/tests.
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
] as const;
const a = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const b = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const c = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const d = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const e = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const f = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const g = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const h = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
const i = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

const included: readonly (readonly [number, number, readonly string[]])[] = [
  [0, 1, []],
  [0, 2, [a]],
  [1, 2, [b]],
  [2, 3, [h]],
  [1, 5, [b, c, d]],
  [0, 8, [a, c, e]],
  [5, 8, [d, f, g]],
];

async function leadsTo(index: number, size: number, path: readonly string[]): Promise<string | null> {
  const leaf = await leafHash(fromHex(leaves[index] ?? ""));
  const root = await rootOfInclusion(leaf, index, size, path.map(fromHex));
  return root && toHex(root);
}

test.each(included)("the known proof of leaf %i in a tree of %i leads to its root", async (index, size, path) => {
  expect(await leadsTo(index, size, path)).toBe(roots[size]);
});

test.each(
  included,
)("the known proof of leaf %i of %i holds for no other place, size or path", async (index, size, path) => {
  const root = roots[size];
  expect(await leadsTo(index + 1, size, path)).not.toBe(root);
  expect(await leadsTo(index, size, [...path, a])).not.toBe(root);
  if (path.length > 0) expect(await leadsTo(index, size, path.slice(1))).not.toBe(root);
  if (path.length > 1) expect(await leadsTo(index, size, [...path].reverse())).not.toBe(root);
});

const grown: readonly (readonly [number, number, readonly string[]])[] = [
  [1, 1, []],
  [1, 8, [a, c, e]],
  [2, 5, [c, d]],
  [6, 8, [i, f, g]],
];

const tree = (size: number) => ({ size, root: fromHex(roots[size] ?? "") });

test.each(grown)("the known proof shows that a tree of %i grew into one of %i", async (from, to, proof) => {
  expect(await extendsTree(tree(from), tree(to), proof.map(fromHex))).toBe(true);
});

test.each(grown)("a proof from %i to %i shows nothing of other trees", async (from, to, proof) => {
  const path = proof.map(fromHex);
  const other = fromHex(roots[3]);
  expect(await extendsTree({ size: from, root: other }, tree(to), path)).toBe(false);
  expect(await extendsTree(tree(from), { size: to, root: other }, path)).toBe(false);
  expect(await extendsTree(tree(from), tree(to), [...path, other])).toBe(false);
  if (path.length > 0) expect(await extendsTree(tree(from), tree(to), path.slice(1))).toBe(false);
});

test("a tree never grew into a smaller one", async () => {
  expect(await extendsTree(tree(8), tree(6), [])).toBe(false);
  expect(await extendsTree(tree(0), tree(6), [])).toBe(false);
});
