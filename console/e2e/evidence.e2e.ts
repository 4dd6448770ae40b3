import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { axe, close, pageFor, settled } from "./browser.ts";

afterAll(close);

/** Changes what the gateway answers before the page sees it, as a forger between them would. */
async function forging(page: Page, forge: (answer: string) => string): Promise<void> {
  await page.route("**/console/graphql", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: forge(await response.text()) });
  });
}

async function firstEntry(page: Page): Promise<void> {
  await page.locator(".table th a").first().click();
  await page.getByRole("button", { name: "Check the proof" }).waitFor();
}

describe("the proof of an entry", () => {
  it("holds, step by step, and can be taken away", async () => {
    const { page, troubles } = await pageFor({}, "/console/evidence?action=dataSubject.register");
    await firstEntry(page);
    await page.getByRole("button", { name: "Check the proof" }).click();
    await page.getByText("The proof holds.").waitFor();
    await page.getByText("The head is signed with the log's key.").waitFor();
    expect(await page.locator(".check-good").count()).toBe(4);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the proof" }).click();
    const file = await (await download).path();
    expect(readFileSync(file, "utf8")).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["who acted was changed", (answer: string) => answer.replace('\\"actor\\":\\"', '\\"actor\\":\\"x'), 2],
    ["it is moved to another place", (answer: string) => answer.replace(/\\nindex (\d)/, "\\nindex 1$1"), 1],
    ["its head was signed by nobody", (answer: string) => answer.replace(/(\\n\\n[^"\\]*\\n)(\d+)\\n/g, "$19$2\\n"), 2],
  ])("does not hold when %s", async (_what, forge, wrong) => {
    const { page } = await pageFor({}, "/console/evidence?action=dataSubject.register");
    await forging(page, forge);
    await firstEntry(page);
    await page.getByRole("button", { name: "Check the proof" }).click();
    await page.getByText("The proof does not hold.").waitFor();
    await page
      .locator(".check-bad")
      .nth(wrong - 1)
      .waitFor();
    expect(await page.locator(".check-bad").count()).toBe(wrong);
    await page.context().close();
  });
});

describe("the head of the log", () => {
  it("is checked against the one that the tab saw before, which holds no personal data", async () => {
    const { page } = await pageFor({}, "/console/evidence");
    await page.getByText("The first head that this tab sees.").waitFor();
    await page.goto("/console/people");
    await settled(page);
    await page.waitForTimeout(2500);
    await page.goto("/console/evidence");
    await page.getByText(/The log builds on the head that was seen last: \d+ entries are unchanged/).waitFor();
    const kept = await page.evaluate(() => Object.entries({ ...sessionStorage }));
    expect(kept).toHaveLength(1);
    expect(kept[0]?.[0]).toMatch(/^console\.head\..*tenant_/);
    await page.context().close();
  });

  it("of a log that was rewritten since is told apart", async () => {
    const { page } = await pageFor({}, "/console/evidence");
    await page.getByText("The first head that this tab sees.").waitFor();
    // As if the tab had seen another root at that size: the log that is served now is not the one from then.
    await page.evaluate(() => {
      for (const [name, kept] of Object.entries({ ...sessionStorage })) {
        const head = JSON.parse(kept as string) as { note: string };
        const lines = head.note.split("\n");
        lines[1] = String(Number(lines[1]) - 1);
        sessionStorage.setItem(name, JSON.stringify({ ...head, note: lines.join("\n") }));
      }
    });
    await page.goto("/console/evidence");
    await page.getByText("The log was rewritten since last time.").waitFor();
    await page.context().close();
  });

  it("is compared with one that was kept elsewhere", async () => {
    const { page } = await pageFor({}, "/console/evidence");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the head" }).click();
    const note = readFileSync(await (await download).path(), "utf8");
    await page.getByText("Compare with a head that you kept").click();
    const field = page.getByLabel("The head that you kept");
    await field.fill("nonsense");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("This is no head.").waitFor();
    await field.fill(note);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("It is the log's newest head.").waitFor();
    await field.fill(note.replace(/^convenio/, "elsewhere"));
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("The head that you kept is of another log.").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});

describe("the log", () => {
  it("is narrowed by what was done, by day and by who, who stands in no address", async () => {
    const { page } = await pageFor({}, "/console/evidence");
    await page.getByLabel("What was done").selectOption("legalHold.place");
    await page.getByRole("link", { name: "Kept data from erasure" }).first().waitFor();
    await page.getByRole("link", { name: "Registered a person" }).waitFor({ state: "detached" });
    await page.getByLabel("Who", { exact: true }).fill("demo-staff");
    await page.keyboard.press("Enter");
    await settled(page);
    expect(page.url()).toContain("action=legalHold.place");
    expect(page.url()).not.toContain("demo-staff");
    await page.getByLabel("From").fill("2001-01-01");
    await page.getByLabel("Through").fill("2001-01-02");
    await page.keyboard.press("Enter");
    await page.getByText("No entries here").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.locator(".table tbody tr").nth(5).waitFor();
    await page.context().close();
  });

  it("is leafed through to its end and back", async () => {
    const { page } = await pageFor({ tenant: "Convenio AB" }, "/console/evidence");
    const first = await page.locator(".table th a").first().getAttribute("href");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("Page 2").waitFor();
    await settled(page);
    await page.getByRole("button", { name: "Previous" }).click();
    await settled(page);
    // Looking at the log is entered in it: what was first can be a few lines further down by now.
    expect(await page.locator(`.table th a[href="${first}"]`).count()).toBe(1);
    await page.context().close();
  });
});

describe("the export of everything", () => {
  it("is asked for, made and downloaded", async () => {
    const { page } = await pageFor({ tenant: "Provfjordens Frakt AB" }, "/console/evidence");
    await page.getByRole("button", { name: /Ask for an export|Make a new one/ }).click();
    await page.getByText("The export is being made.").waitFor();
    const fetched = page.getByRole("button", { name: "Download the file" });
    await fetched.waitFor({ timeout: 30_000 });
    const download = page.waitForEvent("download");
    await fetched.click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
    await page.context().close();
  });

  it("is nothing for whoever may not sign", async () => {
    const { page } = await pageFor({ role: 1 }, "/console/people");
    expect(await page.getByRole("link", { name: "Evidence" }).count()).toBe(0);
    await page.goto("/console/evidence");
    await page.getByText("Your role may not see this").first().waitFor();
    await page.context().close();
  });
});
