import "./evidence.css";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { ActorNaming } from "./ActorNaming.tsx";
import { Events } from "./Events.tsx";
import { LogHead } from "./LogHead.tsx";
import { WholeExport } from "./WholeExport.tsx";

/** What was done, by whom, and that nothing of it was changed since. */
export function Evidence() {
  const { evidence } = useText();
  return (
    <>
      <PageHead title={evidence.title} lead={evidence.lead} />
      <LogHead />
      <Events />
      {useMay("rights:decide") ? <ActorNaming /> : null}
      {useMay("agreements:sign") ? <WholeExport /> : null}
    </>
  );
}
