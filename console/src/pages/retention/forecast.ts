import type { DataCategory } from "../../gql/graphql.ts";

/** What is due on a day, counted from the beginning: a run on that day would erase all of it. */
export interface ForecastDay {
  readonly asOf: string;
  readonly entries: readonly { readonly category: DataCategory; readonly toErase: number; readonly retained: number }[];
}

/** How many days a chart of so many months needs: today, and the last day of each month. */
export const months = 12;

/** Today and the last day of this month and the ones after it; `today` is `2026-11-22`. */
export function forecastDays(today: string): readonly string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const ends = Array.from({ length: months }, (_, on) => dayOf(new Date(Date.UTC(year, month + on, 0))));
  return [today, ...ends];
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** What falls due of one category: today's backlog first, then month by month. */
export interface Series {
  readonly category: DataCategory;
  readonly due: readonly number[];
  readonly total: number;
  /** Values or records that a ground keeps, on the last of the days. */
  readonly retained: number;
}

/** The counts of the days, each less what the day before had already; one series for each category. */
export function seriesOf(days: readonly ForecastDay[]): readonly Series[] {
  const last = days.at(-1);
  return (last?.entries ?? []).map(({ category, retained }) => {
    const counts = days.map((day) => day.entries.find((entry) => entry.category === category)?.toErase ?? 0);
    // A hold that ends or a record that is filed can make a later day's count smaller; no month erases less than nothing.
    const due = counts.map((count, at) => Math.max(0, count - Math.max(0, ...counts.slice(0, at))));
    return { category, due, total: due.reduce((sum, count) => sum + count, 0), retained };
  });
}

/** The top of the scale: the largest count, rounded up to 1, 2 or 5 times a power of ten. */
export function scaleTop(series: readonly Series[]): number {
  const largest = Math.max(1, ...series.flatMap(({ due }) => due));
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= largest) ?? 10;
  return step * power;
}

/** How high a bar stands, in per cent of the chart; what is there at all is always seen. */
export function barHeight(count: number, top: number): number {
  return count === 0 ? 0 : Math.max(6, Math.round((count / top) * 1000) / 10);
}
