import "./shell.css";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api/hooks.ts";
import { ShellTenantDocument } from "../gql/graphql.ts";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { PreferenceChoices } from "./PreferenceChoices.tsx";
import { useText } from "./preferences.tsx";
import { usePlace } from "./router.tsx";
import { hrefTo, type PageName } from "./routes.ts";
import { session, useSignedIn } from "./session.tsx";

interface Entry {
  readonly page: PageName & keyof ReturnType<typeof useText>["app"]["nav"];
  readonly icon: IconName;
  /** Pages below it, for which it counts as the current one. */
  readonly with: readonly PageName[];
  /** Without all of these there would be nothing to see. */
  readonly scopes: readonly string[];
}

const entries: readonly Entry[] = [
  { page: "today", icon: "today", with: [], scopes: [] },
  { page: "requests", icon: "requests", with: ["request", "newRequest"], scopes: ["rights:read"] },
  { page: "people", icon: "people", with: ["person", "newPerson"], scopes: ["subjects:read"] },
  { page: "agreement", icon: "agreement", with: ["subprocessor"], scopes: ["agreements:read"] },
  { page: "breaches", icon: "breach", with: ["breach"], scopes: ["breaches:read"] },
  { page: "retention", icon: "retention", with: [], scopes: ["retention:read"] },
  { page: "evidence", icon: "evidence", with: ["event"], scopes: ["audit:read"] },
  { page: "systems", icon: "systems", with: [], scopes: ["systems:read"] },
];

/** Navigation beside the page; on a narrow screen above it, behind a button. */
export function Shell({ children }: { children: ComponentChildren }) {
  const text = useText();
  const place = usePlace();
  const { actor } = useSignedIn();
  const [open, setOpen] = useState(false);
  const tenant = useAnswer(ShellTenantDocument, {}).data?.viewer.tenant;
  useEffect(() => setOpen(false), [place]);
  return (
    <div class="shell">
      <a class="skip-link" href="#main">
        {text.app.skip}
      </a>
      <header class="shell-side" data-open={open}>
        <div class="shell-top">
          <a class="shell-brand" href={hrefTo("today")}>
            <Icon name="shield" />
            <span>
              <span class="shell-product">{text.app.product}</span>
              <span class="shell-tenant">{tenant?.name ?? "\u00a0"}</span>
            </span>
          </a>
          <button
            type="button"
            class="shell-menu"
            aria-expanded={open}
            aria-controls="shell-menu"
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? "close" : "menu"} />
            <span>{text.app.menu}</span>
          </button>
        </div>
        <div class="shell-rest" id="shell-menu">
          <Navigation />
          <div class="shell-foot">
            <p class="shell-actor">{text.app.signedInAs(actor)}</p>
            <button type="button" class="shell-out" onClick={() => void session.signOut()}>
              <Icon name="out" />
              {text.app.signOut}
            </button>
            <PreferenceChoices />
          </div>
        </div>
      </header>
      <main class="shell-main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Navigation() {
  const text = useText();
  const place = usePlace();
  const { scopes } = useSignedIn();
  const shown = entries.filter((entry) => entry.scopes.every((scope) => scopes.includes(scope)));
  return (
    <nav aria-label={text.app.navigation}>
      <ul class="shell-nav">
        {shown.map((entry) => (
          <li key={entry.page}>
            <a href={hrefTo(entry.page)} aria-current={currentAs(entry, place.page)}>
              <Icon name={entry.icon} />
              {text.app.nav[entry.page]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function currentAs(entry: Entry, page: string): "page" | "true" | undefined {
  if (entry.page === page) return "page";
  return entry.with.some((name) => name === page) ? "true" : undefined;
}
