import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { axe, close, pageFor, settled, shoot } from "./browser.ts";

afterAll(close);

const mark = () => `Prov ${Math.random().toString(36).slice(2, 9)}`;

describe("a retention rule", () => {
  it("that may erase sooner is confirmed by typing, and one that keeps longer is not", async () => {
    const { page, troubles } = await pageFor({ tenant: "Convenio AB" }, "/console/retention");
    const change = page.getByRole("button", { name: "Change the rule for position" });
    const months = page.getByRole("spinbutton", { name: "Months" });
    await change.click();
    await months.fill("36");
    await page.getByRole("button", { name: "Set the rule" }).click();
    const dialog = page.getByRole("dialog");
    // Another run of this test may have left a longer period.
    if (await dialog.getByText("This may erase sooner than before").isVisible()) {
      await dialog.getByRole("textbox").fill("Position");
      await dialog.getByRole("button", { name: "Set the rule" }).click();
    }
    await page.getByText("The rule for position is set.").waitFor();
    await page.getByRole("row", { name: /^Position 3 years after/ }).waitFor();

    await change.click();
    await months.fill("");
    await page.getByRole("button", { name: "Set the rule" }).click();
    await page.getByText("Enter a whole number from 0 to 1200.").waitFor();
    await months.fill("24");
    await page.getByRole("button", { name: "Set the rule" }).click();
    await dialog.getByText("This may erase sooner than before").waitFor();
    await shoot(page, "rule-confirm-light");
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await months.inputValue()).toBe("24");
    await page.getByRole("button", { name: "Set the rule" }).click();
    await dialog.getByRole("textbox").fill("Position");
    await dialog.getByRole("button", { name: "Set the rule" }).click();
    await page.getByRole("row", { name: /^Position 2 years after/ }).waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("for accounting records is never shorter than the law demands, and the page says why", async () => {
    const { page } = await pageFor({}, "/console/retention");
    await page.getByRole("button", { name: "Change the rule for accounting information" }).click();
    await page.getByText("The law demands at least 84 months").waitFor();
    await page.getByRole("spinbutton", { name: "Months" }).fill("12");
    await page.getByRole("button", { name: "Set the rule" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("Accounting information");
    await dialog.getByRole("button", { name: "Set the rule" }).click();
    await page.locator(".field-error", { hasText: "84" }).waitFor();
    expect(await page.getByRole("spinbutton", { name: "Months" }).getAttribute("aria-invalid")).toBe("true");
    await page.context().close();
  });
});

describe("the forecast", () => {
  it("says in words what it draws", async () => {
    const { page } = await pageFor({ tenant: "Convenio AB" }, "/console/retention");
    const drawn = page.getByRole("img", { name: /^Accounting information: Jan 2027 1/ });
    await drawn.waitFor();
    await page.getByText("As a table").click();
    await page.getByRole("row", { name: /^Jan 2027 .*1$/ }).waitFor();
    await page.context().close();
  });
});

/** Registers a system and returns its name and secret, the dialog still open. */
async function registered(page: Page): Promise<{ name: string; secret: string }> {
  const name = mark();
  await page.getByRole("button", { name: "Register a system" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).first().fill(name);
  await dialog.getByLabel("Address", { exact: true }).first().fill("https://crm.example.com/privacy");
  await dialog.getByRole("checkbox", { name: "Position" }).check();
  await dialog.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByRole("dialog", { name: `The secret of ${name}` }).waitFor();
  return { name, secret: (await page.locator(".system-secret code").textContent()) ?? "" };
}

async function removed(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText(`${name} is removed.`).waitFor();
}

describe("a system", () => {
  it("has its secret shown once, by no slip of a key closed, and again never", async () => {
    const { page, troubles } = await pageFor({}, "/console/systems");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const { name, secret } = await registered(page);
    expect(secret).toMatch(/^whsec_/);
    await shoot(page, "system-secret-light");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.locator(".system-secret").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Copy the secret" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await settled(page);
    expect(await page.content()).not.toContain(secret);

    await page.getByRole("button", { name: `Change the secret of ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Change secret" }).click();
    await page.getByRole("dialog", { name: `The secret of ${name}` }).waitFor();
    expect(await page.locator(".system-secret code").textContent()).not.toBe(secret);
    await page.getByRole("button", { name: "I have kept it" }).click();

    await removed(page, name);
    await page.getByRole("heading", { name }).waitFor({ state: "detached" });
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("that is done by hand has no secret, and one that receives heads hears of nobody", async () => {
    const { page } = await pageFor({}, "/console/systems");
    const byHand = mark();
    await page.getByRole("button", { name: "Register a system" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Heads of the audit log").check();
    await dialog.getByLabel("Tasks to carry out (Art. 19)").uncheck();
    expect(await dialog.getByRole("group", { name: "Holds" }).count()).toBe(0);
    await dialog.getByLabel("Reached by").selectOption("MANUAL");
    await dialog.getByLabel("Name", { exact: true }).first().fill(byHand);
    await dialog.getByLabel("Page").fill("https://archive.example.com/");
    await dialog.getByRole("checkbox", { name: "Position" }).check();
    await dialog.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("The system is registered. Its tasks are confirmed by hand.").waitFor();
    expect(await page.getByRole("button", { name: `Change the secret of ${byHand}` }).count()).toBe(0);
    await removed(page, byHand);
    await page.context().close();
  });

  it("with an address that leads within is not registered, and says why beside it", async () => {
    const { page } = await pageFor({}, "/console/systems");
    await page.getByRole("button", { name: "Register a system" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address", { exact: true }).first().fill("https://10.0.0.1/");
    await dialog.getByRole("button", { name: "Register", exact: true }).click();
    await dialog.locator(".input[aria-invalid]").first().waitFor();
    expect(await dialog.getByLabel("Address", { exact: true }).first().getAttribute("aria-invalid")).toBe("true");
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});
