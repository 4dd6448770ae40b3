import { expect, test } from "vitest";
import { type Bytes, fromHex } from "./bytes.ts";
import { compareHeads, needsProof } from "./consistency.ts";
import type { Head } from "./note.ts";

// Trees of six and of eight leaves, and the proof between them, of the known answers of Certificate Transparency.
const six = fromHex("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef");
const eight = fromHex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
const proof = [
  "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
].map((hash) => btoa(String.fromCharCode(...fromHex(hash))));

const head = (size: number, root: Bytes, origin = "example.com/log"): Head => ({
  origin,
  size,
  root,
  signed: new Uint8Array(),
  signatures: [],
});

test("a later head that has all of the earlier entries extends it", async () => {
  expect(needsProof(head(6, six), head(8, eight))).toBe(true);
  expect(await compareHeads(head(6, six), head(8, eight), null)).toBeNull();
  expect(await compareHeads(head(6, six), head(8, eight), proof)).toBe("extended");
  expect(await compareHeads(head(8, eight), head(8, eight), null)).toBe("same");
});

test("a log that was rewritten shows itself", async () => {
  expect(await compareHeads(head(6, eight), head(8, eight), proof)).toBe("forked");
  expect(await compareHeads(head(6, six), head(8, eight), proof.slice(1))).toBe("forked");
  expect(await compareHeads(head(6, six), head(8, eight), ["nonsense"])).toBe("forked");
  expect(await compareHeads(head(8, six), head(8, eight), null)).toBe("forked");
});

test("a log from which entries are gone, and another log, show themselves", async () => {
  expect(await compareHeads(head(8, eight), head(6, six), null)).toBe("shrunk");
  expect(await compareHeads(head(6, six, "example.com/other"), head(8, eight), proof)).toBe("otherLog");
});
