import { expect, test } from "vitest";
import { checkInclusion, holds, readInclusionProof } from "./inclusion.ts";
import { checkSignature, readHead, readVerifierKey } from "./note.ts";
// An entry of a demo's log, its proof, and the head and key of that log.
import demo from "./vectors/demo.json" with { type: "json" };

const check = (changed: Partial<typeof demo>) => {
  const { canonicalJson, proof, verifierKey } = { ...demo, ...changed };
  return checkInclusion(canonicalJson, proof, verifierKey);
};

test("a proof of the gateway's holds for its entry", async () => {
  const verdict = await check({});
  expect(verdict).toMatchObject({ sameEntry: true, included: true, signature: "good" });
  expect(verdict && holds(verdict)).toBe(true);
  expect(verdict?.head.origin).toMatch(/^convenio\.se\/audit\/tenant_/);
});

test("an entry that was changed by one letter is not in the log", async () => {
  const verdict = await check({ canonicalJson: demo.canonicalJson.replace('"allowed":true', '"allowed":false') });
  expect(verdict).toMatchObject({ sameEntry: false, included: false, signature: "good" });
  expect(verdict && holds(verdict)).toBe(false);
});

test("a proof for another place in the log shows nothing", async () => {
  const verdict = await check({ proof: demo.proof.replace(/\nindex (\d+)/, (_, at) => `\nindex ${Number(at) + 1}`) });
  expect(verdict).toMatchObject({ sameEntry: true, included: false });
});

test("a head that was changed after it was signed is seen", async () => {
  const verdict = await check({ proof: demo.proof.replace(/(\n\n[^\n]+\n)(\d+)/, "$19$2") });
  expect(verdict).toMatchObject({ signature: "bad" });
  expect(verdict && holds(verdict)).toBe(false);
});

test("a key of another log does not vouch for this one", async () => {
  const other = "example.com/log+28e0e0f7+AQalB+4eGllse6s00ZI+V1MezLGfi9WEn0iU+L8Ygpx4";
  expect(await check({ verifierKey: other })).toMatchObject({ signature: "otherKey" });
  expect(await check({ verifierKey: "nonsense" })).toMatchObject({ signature: "otherKey" });
});

test("the newest head is signed with the log's key", async () => {
  const head = readHead(demo.note);
  const key = await readVerifierKey(demo.verifierKey);
  expect(head && key && (await checkSignature(head, key))).toBe("good");
});

test.each([
  "",
  "c2sp.org/tlog-proof@v1\n",
  demo.proof.replace("@v1", "@v2"),
  demo.proof.replace(/\nindex \d+/, ""),
])("what is no proof is not read as one (%#)", (text) => {
  expect(readInclusionProof(text)).toBeNull();
});
