import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { axe, close, contextFor, settled, shoot, signIn, tenants, watch } from "./browser.ts";
import { press, tabTo, type } from "./keyboard.ts";

afterAll(close);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

/** From the sign-in to a request under review, by keyboard alone. */
async function submitted(page: Page, right: string): Promise<void> {
  await page.goto("/console/");
  const tenant = page.locator("section.sign-in-tenant", { hasText: tenants.served });
  await press(page, tenant.getByRole("button").first());
  await press(page, page.getByRole("link", { name: "Register a request" }));
  await type(page, page.getByLabel("Find the person"), process.env["CONSOLE_PERSON"] ?? personFor(right));
  await page.keyboard.press("Enter");
  await press(page, page.locator(".found button").first());
  await tabTo(page, page.locator(".kind input:checked"));
  const at = await page
    .locator(".kind")
    .evaluateAll((all, name) => all.findIndex((one) => one.textContent?.startsWith(name)), right);
  for (let step = 0; step < at; step += 1) await page.keyboard.press("ArrowRight");
  await press(page, button(page, "Register"));
  await press(page, button(page, "Confirm identity"));
  await press(page, inDialog(page, "Confirm identity"));
}

/** People of the demo for whom no such request is open. */
function personFor(right: string): string {
  return right === "Erasure" ? "Birger" : "Henrik";
}

describe("a newcomer", () => {
  it("answers a first request for access in nine clicks and one field", async () => {
    const page = await (await contextFor({})).newPage();
    const began = Date.now();
    let clicks = 0;
    const click = async (target: Locator) => {
      clicks += 1;
      await target.first().click();
    };
    await page.goto("/console/");
    await click(page.locator("section.sign-in-tenant", { hasText: tenants.served }).getByRole("button"));
    await click(page.getByRole("link", { name: "Register a request" }));
    await page.getByLabel("Find the person").fill("Elin");
    await page.keyboard.press("Enter");
    await click(page.locator(".found button"));
    await click(button(page, "Register"));
    await click(button(page, "Confirm identity"));
    await click(inDialog(page, "Confirm identity"));
    await click(button(page, "Approve"));
    await click(inDialog(page, "Approve"));
    await page.getByText("The request is answered").waitFor({ timeout: 30_000 });
    const download = page.waitForEvent("download");
    await click(button(page, "Letter to print (PDF)"));
    await download;
    expect(clicks).toBe(9);
    // Two minutes less what somebody takes who thinks for ten seconds before each step.
    expect(Date.now() - began).toBeLessThan(30_000);
    await page.context().close();
  });
});

describe("an erasure of some of the data", () => {
  it("shows and approves the plan of what is asked for, and leaves the rest", async () => {
    const page = await (await contextFor({})).newPage();
    const troubles = watch(page);
    await signIn(page, {}, "/console/requests/new");
    await page.getByLabel("Find the person").fill("Alva");
    await page.keyboard.press("Enter");
    await page.locator(".found button").first().click();
    await page.locator(".kind", { hasText: "Erasure" }).click();
    await page.getByRole("checkbox", { name: "E-mail address" }).check();
    await button(page, "Register").click();
    await page.getByText("The request is about these alone: E-mail address.").waitFor();
    await button(page, "Confirm identity").click();
    await inDialog(page, "Confirm identity").click();
    await button(page, "Approve").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Nothing has to be kept.").waitFor();
    expect(await dialog.locator(".plan-lines").textContent()).not.toContain("Telephone");
    const reference = (await dialog.getByText(/^Type RR-/).textContent())?.match(/RR-\d+-\d+/)?.[0] ?? "";
    await dialog.getByRole("textbox").fill(reference);
    await inDialog(page, "Approve").click();
    await page.getByText("The request is answered").waitFor({ timeout: 30_000 });
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

describe("by keyboard alone", () => {
  it("a request for access goes from its arrival to the letter and the file", async () => {
    const page = await (await contextFor({})).newPage();
    const troubles = watch(page);
    const began = Date.now();
    await submitted(page, "Access");
    await press(page, button(page, "Approve"));
    await shoot(page, "approve-access-light");
    await press(page, inDialog(page, "Approve"));
    await page.getByText("The request is answered").waitFor({ timeout: 30_000 });
    await press(page, button(page, "Read the letter"));
    await page.locator("article.paper").waitFor();
    const download = page.waitForEvent("download");
    await press(page, button(page, "Machine-readable (JSON)"));
    expect((await download).suggestedFilename()).toMatch(/json$/);
    expect(Date.now() - began).toBeLessThan(120_000);
    await settled(page);
    await shoot(page, "answered-access-light");
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("a request for erasure goes from its arrival to the certificate", async () => {
    const page = await (await contextFor({})).newPage();
    const troubles = watch(page);
    await submitted(page, "Erasure");
    await press(page, button(page, "Approve"));
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Kept" }).waitFor();
    await press(page, inDialog(page, "Approve"));
    const label = dialog.getByLabel(/^Type RR-/);
    expect(await label.getAttribute("aria-invalid")).toBe("true");
    await shoot(page, "approve-erasure-light");
    expect(await axe(page)).toEqual([]);
    const reference = (await dialog.getByText(/^Type RR-/).textContent())?.match(/RR-\d+-\d+/)?.[0] ?? "";
    await page.keyboard.press("Shift+Tab");
    await type(page, label, reference);
    await page.keyboard.press("Enter");
    await page.getByText("The request is answered").waitFor({ timeout: 30_000 });
    const download = page.waitForEvent("download");
    await expect
      .poll(
        async () => {
          await press(page, button(page, "To print (PDF)"));
          return Promise.race([download.then(() => true), page.waitForTimeout(2000).then(() => false)]);
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    await settled(page);
    await shoot(page, "answered-erasure-light");
    expect(await axe(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
