import { useState } from "preact/hooks";
import { type Answer, useAnswer } from "../../api/hooks.ts";
import { usePreferences, useText } from "../../app/preferences.tsx";
import { type DataCategory, RetentionForecastsDocument, type RetentionForecastsQuery } from "../../gql/graphql.ts";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { dayWords, legalDay } from "../../parts/time.ts";
import { barHeight, type ForecastDay, forecastDays, type Series, scaleTop, seriesOf } from "./forecast.ts";
import { monthWords } from "./monthWords.ts";

/** The days of one operation, as its variables name them. */
function variablesOf(days: readonly string[]) {
  const at = (index: number) => days[index] ?? "";
  return { d0: at(0), d1: at(1), d2: at(2), d3: at(3), d4: at(4), d5: at(5), d6: at(6) };
}

function daysIn(data: RetentionForecastsQuery): readonly ForecastDay[] {
  return [data.d0, data.d1, data.d2, data.d3, data.d4, data.d5, data.d6];
}

/** Two operations' answers as one. */
function both(a: Answer<RetentionForecastsQuery>, b: Answer<RetentionForecastsQuery>): Answer<readonly ForecastDay[]> {
  return {
    data: a.data && b.data ? [...daysIn(a.data), ...daysIn(b.data).slice(1)] : undefined,
    failure: a.failure ?? b.failure,
    loading: a.loading || b.loading,
    reload: () => {
      a.reload();
      b.reload();
    },
  };
}

/** What retention will erase, by month and category, if nothing changes. */
export function Forecast() {
  const { retention } = useText();
  const [days] = useState(() => forecastDays(legalDay(new Date())));
  const first = useAnswer(RetentionForecastsDocument, variablesOf(days.slice(0, 7)));
  const second = useAnswer(RetentionForecastsDocument, variablesOf(days.slice(6)));
  return (
    <Section title={retention.forecast}>
      <Loaded of={both(first, second)}>{(found) => <Chart series={seriesOf(found)} days={days} />}</Loaded>
    </Section>
  );
}

interface ChartProps {
  readonly series: readonly Series[];
  readonly days: readonly string[];
}

function Chart({ series, days }: ChartProps) {
  const { retention } = useText();
  const due = series.some(({ total }) => total > 0);
  return (
    <>
      <p>{due ? retention.forecastHint : retention.nothingDue}</p>
      {due ? <Rows series={series.filter(({ total }) => total > 0)} days={days} /> : null}
      {due ? (
        <details class="forecast-details">
          <summary>{retention.asTable}</summary>
          <ForecastTable series={series} days={days} />
        </details>
      ) : null}
      <Kept series={series} />
    </>
  );
}

/** A row of bars for each category, one for each month; what they say stands in words for those who do not see them. */
function Rows({ series, days }: ChartProps) {
  const { text, language } = usePreferences();
  const words = text.retention;
  const top = scaleTop(series);
  const nameOf = (at: number) => (at === 0 ? words.now : monthWords(days[at] ?? "", language));
  return (
    <div class="forecast">
      {series.map(({ category, due, total }) => (
        <div key={category} class="forecast-row">
          <span class="forecast-name">{text.codes.category[category]}</span>
          <Bars
            due={due}
            top={top}
            label={`${text.codes.category[category]}: ${due
              .flatMap((count, at) => (count > 0 ? [`${nameOf(at)} ${count}`] : []))
              .join(", ")}`}
          />
          <span class="forecast-total">{total}</span>
        </div>
      ))}
      <div class="forecast-row" aria-hidden="true">
        <span class="forecast-name soft">{words.scale(top)}</span>
        <span class="forecast-axis">
          <span>{words.now}</span>
          <span>{nameOf(6)}</span>
          <span>{nameOf(12)}</span>
        </span>
        <span class="forecast-total soft">{words.total}</span>
      </div>
    </div>
  );
}

/** Width of a month in the drawing, and of the bar in it. */
const month = 10;
const bar = 7;

function Bars({ due, top, label }: { due: readonly number[]; top: number; label: string }) {
  return (
    <svg
      class="forecast-bars"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${due.length * month} 100`}
      preserveAspectRatio="none"
    >
      <line x1="0" y1="99.5" x2={due.length * month} y2="99.5" class="forecast-ground" />
      {due.map((count, at) => {
        const height = barHeight(count, top);
        return (
          <rect
            key={at}
            class={at === 0 ? "forecast-bar forecast-bar-now" : "forecast-bar"}
            x={at * month + (month - bar) / 2}
            y={100 - height}
            width={bar}
            height={height}
          />
        );
      })}
    </svg>
  );
}

interface Line {
  readonly category: DataCategory;
  readonly at: number;
  readonly count: number;
}

/** The same as the drawing, month by month: only where something falls due. */
function ForecastTable({ series, days }: ChartProps) {
  const { text, language } = usePreferences();
  const words = text.retention;
  const lines: readonly Line[] = days.flatMap((_, at) =>
    series.map(({ category, due }) => ({ category, at, count: due[at] ?? 0 })).filter(({ count }) => count > 0),
  );
  const columns: Column<Line>[] = [
    {
      name: words.month,
      heads: true,
      cell: ({ at }) =>
        at === 0 ? words.nowThrough(dayWords(days[0] ?? "", language)) : monthWords(days[at] ?? "", language),
    },
    { name: text.retention.columns.category, cell: ({ category }) => text.codes.category[category] },
    { name: words.toErase, numeric: true, cell: ({ count }) => String(count) },
  ];
  return (
    <Table caption={words.forecast} columns={columns} rows={lines} keyOf={({ category, at }) => `${at}/${category}`} />
  );
}

/** What a law or a hold keeps beside it. */
function Kept({ series }: { series: readonly Series[] }) {
  const { retention, codes } = useText();
  const kept = series.filter(({ retained }) => retained > 0);
  return (
    <p class="soft">
      {retention.keptBeside(kept.map(({ category, retained }) => `${codes.category[category]} ${retained}`).join(", "))}
    </p>
  );
}
