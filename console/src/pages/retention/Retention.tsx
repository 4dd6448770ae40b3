import "./retention.css";
import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Forecast } from "./Forecast.tsx";
import { Rules } from "./Rules.tsx";

/** How long data is kept, and what is erased when. */
export function Retention() {
  const { retention } = useText();
  // Counts the rules that were set here: the forecast is made anew after each.
  const [version, setVersion] = useState(0);
  return (
    <>
      <PageHead title={retention.title} lead={retention.lead} />
      <Forecast key={version} />
      <Rules onSet={() => setVersion((before) => before + 1)} />
    </>
  );
}
