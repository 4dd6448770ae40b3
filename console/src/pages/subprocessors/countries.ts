import { useMemo } from "preact/hooks";
import { usePreferences } from "../../app/preferences.tsx";

/** Names a country by its code, in the reader's language. */
export function useCountryName(): (code: string) => string {
  const { language } = usePreferences();
  return useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
    return (code) => {
      try {
        return names.of(code) ?? code;
      } catch {
        return code; // No code of a region: shown as it is.
      }
    };
  }, [language]);
}
