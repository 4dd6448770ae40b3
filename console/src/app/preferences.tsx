import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { en } from "../text/en.ts";
import { sv, type Text } from "../text/sv.ts";

export type Language = "sv" | "en";
export type Theme = "system" | "light" | "dark";

const texts: Record<Language, Text> = { sv, en };

interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly text: Text;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: Theme) => void;
}

const Context = createContext<Preferences | null>(null);

/** Language and colours, the only things that the console keeps in the browser. */
export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error("outside of PreferencesProvider");
  return preferences;
}

/** What the console says, in the reader's language. */
export function useText(): Text {
  return usePreferences().text;
}

/** The language that the reader chose, or else the browser's first that the console speaks. */
export function languageOf(chosen: string | null, browser: readonly string[]): Language {
  if (chosen === "sv" || chosen === "en") return chosen;
  const first = browser.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "sv" || tag === "en");
  return first === "sv" ? "sv" : "en";
}

let current: Language = languageOf(remembered("language"), navigator.languages);

/** For what is outside of the page: the language in use. */
export function currentLanguage(): Language {
  return current;
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`console.${key}`);
  } catch {
    return null; // A browser that keeps nothing: the choice lasts for the page.
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`console.${key}`, value);
  } catch {
    // As above.
  }
}

function themeOf(chosen: string | null): Theme {
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

export function PreferencesProvider({ children }: { children: ComponentChildren }) {
  const [language, setLanguage] = useState<Language>(current);
  const [theme, setTheme] = useState<Theme>(() => themeOf(remembered("theme")));
  useEffect(() => {
    current = language;
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const value = useMemo<Preferences>(
    () => ({
      language,
      theme,
      text: texts[language],
      setLanguage: (chosen) => {
        current = chosen;
        remember("language", chosen);
        setLanguage(chosen);
      },
      setTheme: (chosen) => {
        remember("theme", chosen);
        setTheme(chosen);
      },
    }),
    [language, theme],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
