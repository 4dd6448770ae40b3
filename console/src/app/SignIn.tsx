import "./sign-in.css";
import { useEffect, useState } from "preact/hooks";
import { type DemoRole, type SignedOut, signInAddress } from "../api/session.ts";
import { ButtonLink } from "../parts/Button.tsx";
import { Notice } from "../parts/Notice.tsx";
import type { Text } from "../text/sv.ts";
import { PreferenceChoices } from "./PreferenceChoices.tsx";
import { useText } from "./preferences.tsx";
import { session } from "./session.tsx";

/** The page of somebody who is not signed in. */
export function SignIn({ how }: { how: SignedOut }) {
  const text = useText();
  const error = new URLSearchParams(location.search).get("error");
  useEffect(() => {
    document.title = text.signIn.title;
  }, [text]);
  return (
    <div class="sign-in">
      <main class="sign-in-card">
        <p class="sign-in-product">{text.app.product}</p>
        <h1>{text.signIn.title}</h1>
        {error ? <Notice tone="danger">{errorWords(text.signIn, error)}</Notice> : null}
        <SignInChoices how={how} />
      </main>
      <footer class="sign-in-foot">
        <PreferenceChoices />
      </footer>
    </div>
  );
}

function errorWords(words: Text["signIn"], code: string): string {
  return Object.hasOwn(words.errors, code) ? words.errors[code as keyof typeof words.errors] : words.failed(code);
}

/** How to sign in here: by the organisation's provider, or as one of the demo's roles. `beside`: in a window of its own. */
export function SignInChoices({ how, beside = false }: { how: SignedOut; beside?: boolean }) {
  const text = useText();
  if (how.signIn === "oidc") {
    const returnTo = beside ? "/console/signed-in" : location.pathname + location.search;
    return (
      <>
        <p>{text.signIn.withProvider}</p>
        <ButtonLink href={signInAddress(returnTo)} tone="primary" {...(beside ? { target: "_blank" } : {})}>
          {text.signIn.go}
        </ButtonLink>
      </>
    );
  }
  if (how.signIn === "demo") return <DemoRoles roles={how.roles ?? []} />;
  return <Notice tone="info">{text.signIn.none}</Notice>;
}

function DemoRoles({ roles }: { roles: readonly DemoRole[] }) {
  const text = useText();
  const [failed, setFailed] = useState(false);
  const tenants = [...new Set(roles.map((role) => role.tenant))];
  const choose = (role: string) => {
    setFailed(false);
    session.signInAs(role).catch(() => setFailed(true));
  };
  return (
    <>
      <p>{text.signIn.demo}</p>
      {failed ? <Notice tone="danger">{text.signIn.demoFailed}</Notice> : null}
      <div class="sign-in-tenants">
        {tenants.map((tenant) => (
          <section key={tenant} class="sign-in-tenant">
            <h2>{tenant}</h2>
            <ul>
              {roles
                .filter((role) => role.tenant === tenant)
                .map((role) => (
                  <li key={role.id}>
                    <button type="button" class="sign-in-role" onClick={() => choose(role.id)}>
                      <RoleWords {...role} />
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** `Clerk: reads …` says who before it says what. */
function RoleWords({ name, description }: DemoRole) {
  const at = description.indexOf(": ");
  const [who, does] = at < 0 ? [name, description] : [description.slice(0, at), description.slice(at + 2)];
  return (
    <>
      <strong>{who}</strong>
      <span>{does}</span>
    </>
  );
}

/** The window in which somebody signed in beside a page that waits. */
export function SignedInLanding() {
  const text = useText();
  useEffect(() => session.announce(), []);
  return (
    <main class="app-alone">
      <h1>{text.signIn.landed}</h1>
      <p>{text.signIn.landedHint}</p>
    </main>
  );
}
