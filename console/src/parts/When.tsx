import "./when.css";
import { usePreferences } from "../app/preferences.tsx";
import { daysLeft, dayWords, elsewhere, instantWords, legalDay, legalZone } from "./time.ts";

/** An instant, in the reader's zone. */
export function When({ at }: { at: string }) {
  const { language } = usePreferences();
  return (
    <time class="when" dateTime={at}>
      {instantWords(at, language)}
    </time>
  );
}

/** A calendar day. */
export function Day({ on }: { on: string }) {
  const { language } = usePreferences();
  return (
    <time class="when" dateTime={on}>
      {dayWords(on, language)}
    </time>
  );
}

/** A last instant: as the law counts it, in Swedish time, and beside it what the reader's clock then shows. */
export function Deadline({ at, precise = false }: { at: string; precise?: boolean }) {
  const { language, text } = usePreferences();
  const legal = precise ? instantWords(at, language, legalZone) : dayWords(legalDay(at), language);
  return (
    <span class="deadline">
      <time class="when" dateTime={at} title={text.parts.swedishTime(instantWords(at, language, legalZone))}>
        {legal}
      </time>
      {elsewhere(at) ? <span class="deadline-here"> {text.parts.inYourTime(instantWords(at, language))}</span> : null}
    </span>
  );
}

/** How long there is left, in words. */
export function TimeLeft({ until, overdue }: { until: string; overdue?: boolean }) {
  const { text } = usePreferences();
  const days = daysLeft(until, new Date());
  const late = overdue ?? days < 0;
  const tone = late ? "late" : days <= 7 ? "soon" : "calm";
  return <span class={`time-left time-left-${tone}`}>{text.parts.daysLeft(days)}</span>;
}
