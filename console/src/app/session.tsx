import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { Session, type SessionState, type SignedIn } from "../api/session.ts";
import { currentLanguage } from "./preferences.tsx";

export const session = new Session(currentLanguage);

const Context = createContext<SignedIn | null>(null);

/** The state of the session, and again whenever it changes. */
export function useSessionState(): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => session.subscribe(() => setState(session.state)), []);
  return state;
}

export function SignedInProvider({ value, children }: { value: SignedIn; children: ComponentChildren }) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** Who is signed in. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(Context);
  if (!signedIn) throw new Error("nobody is signed in");
  return signedIn;
}

/** Whether the session holds all of these scopes. */
export function useMay(...scopes: readonly string[]): boolean {
  const held = useSignedIn().scopes;
  return scopes.every((scope) => held.includes(scope));
}
