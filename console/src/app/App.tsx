import { Provider } from "@urql/preact";
import { useEffect, useMemo } from "preact/hooks";
import { createClient } from "../api/client.ts";
import { Page } from "../pages/Page.tsx";
import { Button } from "../parts/Button.tsx";
import { ErrorState } from "../parts/states.tsx";
import { Toasts } from "../parts/Toasts.tsx";
import { currentLanguage, PreferencesProvider, usePreferences, useText } from "./preferences.tsx";
import { Router } from "./router.tsx";
import { SessionWatch } from "./SessionWatch.tsx";
import { Shell } from "./Shell.tsx";
import { SignedInLanding, SignIn } from "./SignIn.tsx";
import { SignedInProvider, session, useSessionState } from "./session.tsx";

/** Where a sign-in beside an open page ends: it tells that page, and can be closed. */
const landing = "/console/signed-in";

export function App() {
  return (
    <PreferencesProvider>
      <Toasts>
        <Router>{location.pathname === landing ? <SignedInLanding /> : <Console />}</Router>
      </Toasts>
    </PreferencesProvider>
  );
}

function Console() {
  const text = useText();
  const state = useSessionState();
  const client = useMemo(() => createClient(session, currentLanguage), []);
  const { language } = usePreferences();
  const signedOut = state.state === "signedOut";
  useEffect(() => void session.refresh(), [signedOut ? language : ""]);
  switch (state.state) {
    case "loading":
      return <div class="app-loading" aria-busy="true" />;
    case "unreachable":
      return (
        <main class="app-alone">
          <ErrorState title={text.app.unreachable} body={text.app.unreachableHint}>
            <Button onClick={() => void session.refresh()}>{text.parts.tryAgain}</Button>
          </ErrorState>
        </main>
      );
    case "signedOut":
      return <SignIn how={state} />;
    case "signedIn":
      return (
        <Provider value={client}>
          <SignedInProvider value={state}>
            <Shell>
              <Page />
            </Shell>
            <SessionWatch over={state.over} />
          </SignedInProvider>
        </Provider>
      );
  }
}
