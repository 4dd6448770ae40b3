import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axe, close, contextFor, settled, shoot, tenants } from "./browser.ts";
import { demoTenants, Gateway } from "./gateway.ts";
import { Issuer } from "./issuer.ts";

const everything =
  "openid subjects:read subjects:write consents:read rights:read rights:write rights:decide agreements:read breaches:read";
const gateway = new Gateway();
const issuer = new Issuer({
  actor: "pia@provstad.example",
  tenantId: demoTenants().find(({ name }) => name === tenants.served)?.id ?? "",
  scope: everything,
  lifetime: 3600,
});

beforeAll(async () => {
  await issuer.listen();
  await gateway.start(issuer);
});

afterAll(async () => {
  await close();
  await gateway.stop();
  issuer.close();
});

/** Signed in at the issuer, with a token that ends after so many seconds. */
async function signedInFor(lifetime: number, path = "/console/"): Promise<Page> {
  issuer.staff.lifetime = lifetime;
  const page = await (await contextFor({})).newPage();
  await page.goto(gateway.url + path);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.locator(".shell-main h1").waitFor();
  await settled(page);
  return page;
}

/** Waits until the gateway lets the session in no more. */
async function over(page: Page): Promise<void> {
  await expect
    .poll(async () => (await page.request.get(`${gateway.url}/console/session`)).text(), {
      timeout: 50_000,
      interval: 1000,
    })
    .toContain("signedOut");
}

/** Signs in again in the window that the dialog opens, and waits until the page goes on. */
async function besides(page: Page): Promise<void> {
  issuer.staff.lifetime = 3600;
  const again = page.getByRole("dialog", { name: "Please sign in again" });
  const opened = page.context().waitForEvent("page");
  await again.getByRole("link", { name: "Sign in" }).click();
  await (await opened).getByRole("heading", { name: "You are signed in" }).waitFor();
  await again.waitFor({ state: "detached" });
}

describe("with an issuer", () => {
  it("somebody signs in, comes back to where they wanted to be, and leaves there too", async () => {
    const page = await signedInFor(3600, "/console/requests?state=overdue");
    expect(page.url()).toBe(`${gateway.url}/console/requests?state=overdue`);
    await page.getByText("Signed in as pia@provstad.example").waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe("");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You have left" }).waitFor();
    expect(issuer.left).toBe(1);
    await page.goto(`${gateway.url}/console/requests`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.context().close();
  });

  it("a token that ends is told of at the next step, and what was typed goes on after signing in beside the page", async () => {
    const page = await signedInFor(10, "/console/people/new");
    await page.getByLabel("Name", { exact: true }).fill("Typed before the token ended");
    await over(page);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    const again = page.getByRole("dialog", { name: "Please sign in again" });
    await again.waitFor();
    await shoot(page, "token-over-light");
    expect(await axe(page)).toEqual([]);
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Typed before the token ended");
    await besides(page);
    await page.getByText("The person is registered.").waitFor();
    await page.context().close();
  });

  it("a page that follows a request is told of it by itself", async () => {
    const page = await signedInFor(10, "/console/requests?state=overdue");
    await page.locator(".table th a").first().click();
    await page.getByRole("button", { name: "Refuse" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/^The reasons/)
      .fill("Typed before the token ended");
    await page.getByRole("dialog", { name: "Please sign in again" }).waitFor({ timeout: 50_000 });
    await besides(page);
    expect(
      await page
        .getByRole("dialog")
        .getByLabel(/^The reasons/)
        .inputValue(),
    ).toBe("Typed before the token ended");
    await page.context().close();
  });

  it("a session that is not used is warned of before it ends, and stays when somebody says so", async () => {
    const context = await contextFor({});
    const page = await context.newPage();
    issuer.staff.lifetime = 3600;
    await page.clock.install();
    await page.goto(`${gateway.url}/console/people`);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.locator(".shell-main h1").waitFor();
    await settled(page);
    await page.clock.fastForward("28:30");
    const warned = page.getByRole("dialog", { name: "You will soon be signed out" });
    await warned.waitFor();
    await page.clock.runFor(1000);
    expect(await axe(page)).toEqual([]);
    await shoot(page, "session-soon-light");
    await warned.getByRole("button", { name: "Stay signed in" }).click();
    await page.clock.runFor(2000);
    await warned.waitFor({ state: "detached" });
    await context.close();
  });
});
