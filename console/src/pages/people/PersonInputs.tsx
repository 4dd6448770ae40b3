import { useText } from "../../app/preferences.tsx";
import { TextArea, TextField } from "../../parts/Field.tsx";
import type { PersonFields } from "./fields.ts";

/** The names of the inputs below, as paths of errors have them. */
export const personInputs: readonly string[] = [
  "name",
  "position",
  "email",
  "phone",
  "externalReference",
  "loginName",
  "password",
  "lines",
  "postalCode",
  "locality",
  "country",
];

interface PersonInputsProps {
  readonly fields: PersonFields;
  readonly onFields: (fields: PersonFields) => void;
  readonly errorAt: (input: string) => string | undefined;
}

/** All that can be typed about a person. */
export function PersonInputs({ fields, onFields, errorAt }: PersonInputsProps) {
  const { people } = useText();
  const words = people.values;
  const tie = (name: keyof PersonFields) => ({
    label: words[name],
    value: fields[name],
    error: errorAt(name),
    onValue: (value: string) => onFields({ ...fields, [name]: value }),
  });
  return (
    <div class="person-inputs">
      <TextField {...tie("name")} maxLength={500} />
      <TextField {...tie("position")} optional maxLength={500} />
      <TextField {...tie("email")} optional type="email" />
      <TextField {...tie("phone")} optional type="tel" hint={people.hints.phone} />
      <TextField {...tie("externalReference")} optional hint={people.hints.externalReference} maxLength={500} />
      <TextField {...tie("loginName")} optional hint={people.hints.loginName} maxLength={500} />
      <fieldset class="person-address">
        <legend>{people.address}</legend>
        <TextArea {...tie("lines")} optional hint={people.hints.lines} />
        <div class="person-town">
          <TextField {...tie("postalCode")} optional />
          <TextField {...tie("locality")} optional />
          <TextField {...tie("country")} maxLength={2} />
        </div>
      </fieldset>
      <TextField
        {...tie("password")}
        optional
        type="password"
        autocomplete="new-password"
        hint={people.hints.password}
        maxLength={128}
      />
    </div>
  );
}
