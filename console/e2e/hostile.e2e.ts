import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { close, pageFor } from "./browser.ts";
import { payload, unharmed } from "./markup.ts";

afterAll(close);

async function submit(page: Page, person: string, right: string): Promise<void> {
  await page.goto("/console/requests/new");
  await page.getByLabel("Find the person").fill(person);
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator(".found button").first().click();
  await page.locator(".kind", { hasText: right }).first().click();
}

describe("text that would be markup", () => {
  it("stays text as a person's name: in a correction, a search, a letter and beside a request", async () => {
    const { page, troubles } = await pageFor({});
    await submit(page, "Gunilla", "Rectification");
    await page.getByLabel("Should be").fill(payload);
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByRole("button", { name: "Confirm identity" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Confirm identity" }).click();
    await page.getByRole("button", { name: "Show the corrections" }).click();
    await page.getByText("<img src=x", { exact: false }).first().waitFor();
    await unharmed(page);
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
    await page.getByText("The request is answered").waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "Read the letter" }).click();
    await page.locator("article.paper").getByText("<img src=x", { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "Show whom it is about" }).click();
    await page.locator(".request-side").getByText("<img src=x", { exact: false }).waitFor();
    await unharmed(page);
    await page.goto("/console/requests/new");
    await page.getByLabel("Find the person").fill("fet");
    await page.getByRole("button", { name: "Search" }).click();
    await page.locator(".found button", { hasText: "<img src=x" }).waitFor();
    await unharmed(page);
    expect(troubles).toEqual([]);
  });

  it("stays text in what the person is told: a doubt, an extension, a refusal", async () => {
    const { page, troubles } = await pageFor({});
    await submit(page, "Alva", "Portability");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByRole("button", { name: "Ask for identification" }).click();
    await page.getByLabel(/^What is in doubt/).fill(payload);
    await page.getByRole("dialog").getByRole("button", { name: "Ask for identification" }).click();
    await page.getByRole("button", { name: "Read the letter" }).click();
    await page.locator("article.paper").getByText("<img src=x", { exact: false }).first().waitFor();
    await unharmed(page);
    await page.getByRole("button", { name: "Extend the deadline" }).click();
    await page.getByLabel(/^Why, as/).fill(payload);
    await page.getByRole("dialog").getByRole("button", { name: "Extend the deadline" }).click();
    await page.locator(".request-side").getByText("<img src=x", { exact: false }).waitFor();
    await unharmed(page);
    await page.getByRole("button", { name: "Refuse" }).click();
    await page.getByLabel("Ground").selectOption("IDENTITY_NOT_VERIFIED");
    await page.getByLabel(/^The reasons/).fill(payload);
    await page.getByRole("dialog").getByRole("button", { name: "Refuse" }).click();
    await page.getByText("The request is refused").waitFor();
    // The letter that was open is now that of the refusal.
    await page.locator("article.paper").getByText("<img src=x", { exact: false }).first().waitFor();
    await unharmed(page);
    expect(troubles).toEqual([]);
  });

  it("stays text in an objection to a sub-processor", async () => {
    const { page, troubles } = await pageFor({}, "/console/agreement");
    await page.locator(".subprocessors tbody tr:last-child a").click();
    await page.getByRole("button", { name: "Take the objection back" }).click();
    await page.getByRole("button", { name: "Object", exact: true }).click();
    await page.getByLabel("Why").fill(payload);
    await page.getByRole("dialog").getByRole("button", { name: "Object", exact: true }).click();
    await page.getByText("<img src=x", { exact: false }).waitFor();
    await unharmed(page);
    expect(troubles).toEqual([]);
  });
});
