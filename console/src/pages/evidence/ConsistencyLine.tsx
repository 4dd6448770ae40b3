import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { AuditConsistencyDocument } from "../../gql/graphql.ts";
import { useFailureWords } from "../../parts/states.tsx";
import { type Consistency, compareHeads, needsProof } from "../../proof/consistency.ts";
import type { Head } from "../../proof/note.ts";
import { CheckLine } from "./CheckLine.tsx";

interface ConsistencyLineProps {
  readonly earlier: Head;
  readonly later: Head;
  readonly words: Readonly<Record<Consistency, (earlier: number, later: number) => string>>;
  readonly onProved?: () => void;
}

/** Whether one head of the log extends another, by a proof that the browser checks. */
export function ConsistencyLine({ earlier, later, words, onProved }: ConsistencyLineProps) {
  const { evidence } = useText();
  const [verdict, setVerdict] = useState<Consistency | null>(null);
  const needed = needsProof(earlier, later);
  const answer = useAnswer(AuditConsistencyDocument, { from: earlier.size, to: later.size }, !needed);
  const proof = answer.data?.auditConsistency ?? null;
  useEffect(() => {
    let current = true;
    const compare = async () => {
      const found = await compareHeads(earlier, later, proof);
      if (!current) return;
      setVerdict(found);
      if (found === "same" || found === "extended") onProved?.();
    };
    void compare();
    return () => {
      current = false;
    };
  }, [earlier, later, proof]);
  const failure = useFailureWords(answer.failure ?? { kind: "network" });
  if (verdict) {
    const good = verdict === "same" || verdict === "extended";
    return <CheckLine state={good ? "good" : "bad"}>{words[verdict](earlier.size, later.size)}</CheckLine>;
  }
  if (answer.failure) return <CheckLine state="unknown">{`${failure.title}. ${failure.body}`}</CheckLine>;
  return <CheckLine state="working">{evidence.comparing}</CheckLine>;
}
