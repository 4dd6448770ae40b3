import { useEffect, useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { checkSignature, type Head, readVerifierKey, type SignatureState } from "../../proof/note.ts";
import { CheckLine, type CheckState } from "./CheckLine.tsx";

const states: Record<SignatureState, CheckState> = {
  good: "good",
  bad: "bad",
  otherKey: "bad",
  unsupported: "unknown",
};

/** Whether a head bears the key's signature; where the browser cannot tell, that is said. */
export function SignatureLine({ head, verifierKey }: { head: Head; verifierKey: string }) {
  const { evidence } = useText();
  const [state, setState] = useState<SignatureState | null>(null);
  useEffect(() => {
    let current = true;
    const check = async () => {
      const key = await readVerifierKey(verifierKey);
      const found = key ? await checkSignature(head, key) : "otherKey";
      if (current) setState(found);
    };
    void check();
    return () => {
      current = false;
    };
  }, [head, verifierKey]);
  if (!state) return <CheckLine state="working">{evidence.signature.working}</CheckLine>;
  return <CheckLine state={states[state]}>{evidence.signature[state]}</CheckLine>;
}
