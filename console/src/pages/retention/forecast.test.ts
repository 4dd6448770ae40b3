import { expect, test } from "vitest";
import { barHeight, type ForecastDay, forecastDays, scaleTop, seriesOf } from "./forecast.ts";

test("the days are today and the last of each month, over the end of the year and a leap year", () => {
  const days = forecastDays("2027-11-22");
  expect(days).toHaveLength(13);
  expect(days.slice(0, 5)).toEqual(["2027-11-22", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29"]);
  expect(days.at(-1)).toBe("2028-10-31");
});

const day = (asOf: string, toErase: number, retained = 0): ForecastDay => ({
  asOf,
  entries: [{ category: "NAME", toErase, retained }],
});

test("each month has what falls due in it, and the first what is due already", () => {
  const [series] = seriesOf([day("2026-11-22", 2), day("2026-11-30", 2), day("2026-12-31", 7, 3)]);
  expect(series).toEqual({ category: "NAME", due: [2, 0, 5], total: 7, retained: 3 });
});

test("a count that sinks is no erasure, and is not counted twice when it rises again", () => {
  const [series] = seriesOf([day("2026-11-22", 4), day("2026-11-30", 1), day("2026-12-31", 5)]);
  expect(series?.due).toEqual([4, 0, 1]);
});

test("the scale ends at a round number that holds every bar", () => {
  const top = (...due: number[]) => scaleTop([{ category: "NAME", due, total: 0, retained: 0 }]);
  expect([top(0), top(1), top(3), top(5), top(6), top(11), top(480), top(5001)]).toEqual([
    1, 1, 5, 5, 10, 20, 500, 10_000,
  ]);
});

test("a bar is as high as its share, and never too low to be seen", () => {
  expect(barHeight(0, 100)).toBe(0);
  expect(barHeight(1, 1000)).toBe(6);
  expect(barHeight(50, 100)).toBe(50);
  expect(barHeight(100, 100)).toBe(100);
});
