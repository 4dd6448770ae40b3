import type { Language } from "../app/preferences.tsx";

/** Where Swedish law counts its days. */
export const legalZone = "Europe/Stockholm";

const locales: Record<Language, string> = { sv: "sv-SE", en: "en-GB" };

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locales[language], options);
  formats.set(key, made);
  return made;
}

/** A day, `2026-11-22`, as people write it. */
export function dayWords(date: string, language: Language): string {
  return format(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${date}T12:00:00Z`),
  );
}

/** An instant in the reader's zone, or in the one that is named. */
export function instantWords(instant: string, language: Language, timeZone?: string): string {
  return format(language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(instant));
}

/** The calendar day of an instant in Sweden, `2026-11-22`. */
export function legalDay(instant: Date | string | number): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: legalZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(new Date(instant));
}

const dayMillis = 86_400_000;

/** Whole calendar days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / dayMillis);
}

/** Calendar days in Sweden until the last day of an answer; negative once it has passed. */
export function daysLeft(dueAt: string, now: Date): number {
  return daysBetween(legalDay(now), legalDay(dueAt));
}

/** Whether the reader's clocks show another time than Sweden's at that instant. */
export function elsewhere(instant: string, zone?: string): boolean {
  const at = new Date(instant);
  const clock = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat("en-GB", {
      dateStyle: "short",
      timeStyle: "short",
      ...(timeZone ? { timeZone } : {}),
    }).format(at);
  return clock(zone) !== clock(legalZone);
}

/** Whole hours that are left until an instant; negative once it has passed. */
export function hoursLeft(until: string, now: Date): number {
  return Math.floor((Date.parse(until) - now.getTime()) / 3_600_000);
}
