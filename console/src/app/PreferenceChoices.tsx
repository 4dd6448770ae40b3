import "./preference-choices.css";
import { type Language, type Theme, usePreferences } from "./preferences.tsx";

const themes: readonly Theme[] = ["system", "light", "dark"];
const languages: readonly [Language, string][] = [
  ["sv", "Svenska"],
  ["en", "English"],
];

/** Language and colours. */
export function PreferenceChoices() {
  const { language, setLanguage, theme, setTheme, text } = usePreferences();
  return (
    <div class="preferences">
      <label>
        <span>{text.app.language}</span>
        <select value={language} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
          {languages.map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{text.app.theme}</span>
        <select value={theme} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
          {themes.map((name) => (
            <option key={name} value={name}>
              {text.app.themes[name]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
