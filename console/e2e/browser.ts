import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Where the console is: a gateway's, or the development server's. */
export const base = process.env["CONSOLE_URL"] ?? "http://127.0.0.1:8090";
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const shots = process.env["CONSOLE_SHOTS"] ?? join(dirname(fileURLToPath(import.meta.url)), "../../target/console");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const tenants = { served: "Exempelhamnens Handel AB", unsigned: "Mallåsens Verkstad AB" } as const;

export interface Reader {
  readonly language?: "sv-SE" | "en-GB";
  readonly colours?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  readonly zone?: string;
  readonly tenant?: string;
  /** Which of the tenant's roles; the first sees all. */
  readonly role?: number;
}

let browser: Browser | undefined;

export async function launch(): Promise<Browser> {
  browser ??= await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  return browser;
}

export async function close(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

/** A browser of its own for one reader, not signed in. */
export async function contextFor(reader: Reader): Promise<BrowserContext> {
  const context = await (await launch()).newContext({
    baseURL: base,
    locale: reader.language ?? "en-GB",
    colorScheme: reader.colours ?? "light",
    timezoneId: reader.zone ?? "Europe/Stockholm",
    viewport: { width: reader.width ?? 1280, height: reader.height ?? 900 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(10_000);
  return context;
}

/** What went wrong within a page without anybody seeing it: errors of scripts, and what the security policy stopped. */
export function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 401|ERR_FAILED|ERR_INTERNET_DISCONNECTED/.test(message.text())) {
      troubles.push(message.text());
    }
  });
  return troubles;
}

/** Signs in by the chooser of the demo, as somebody would. */
export async function signIn(page: Page, reader: Reader, path = "/console/"): Promise<void> {
  await page.goto(path);
  const tenant = page.locator("section.sign-in-tenant", { hasText: reader.tenant ?? tenants.served });
  await tenant
    .getByRole("button")
    .nth(reader.role ?? 0)
    .click();
  await page.locator(".shell-main h1").waitFor();
}

/** A page of its own, signed in, and what goes wrong in it. */
export async function pageFor(reader: Reader, path = "/console/"): Promise<{ page: Page; troubles: string[] }> {
  const page = await (await contextFor(reader)).newPage();
  const troubles = watch(page);
  await signIn(page, reader, path);
  await settled(page);
  return { page, troubles };
}

/** Waits until all that was asked for has come. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.locator(".loading").first().waitFor({ state: "detached" });
}

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

interface AxeResult {
  readonly violations: readonly {
    id: string;
    help: string;
    nodes: readonly { html: string; failureSummary: string }[];
  }[];
}

/** What axe finds against WCAG 2.2 AA, one line each. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = await page.evaluate<AxeResult>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`,
  );
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`),
  );
}
