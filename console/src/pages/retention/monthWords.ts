import type { Language } from "../../app/preferences.tsx";

/** The month of a day, `2026-11-30`, in words. */
export function monthWords(day: string, language: Language): string {
  const locale = language === "sv" ? "sv-SE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );
}
