import "./field.css";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useText } from "../app/preferences.tsx";

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  /** The input, given what ties it to its label, hint and error. */
  readonly children: (ties: Ties) => ComponentChildren;
}

export interface Ties {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** An input with its label, its hint, and what is wrong with it. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const text = useText();
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        {optional ? <span class="field-optional"> {text.parts.optional}</span> : null}
      </label>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error ? (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

interface InputProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly type?: "text" | "email" | "tel" | "date" | "datetime-local" | "number" | "search" | "password" | "url";
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly required?: boolean;
}

/** One line of text. Nothing that is typed about a person is kept by the browser. */
export function TextField({ label, value, onValue, hint, error, optional, type = "text", ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(ties) => (
        <input
          {...ties}
          class="input"
          type={type as "text"}
          value={value}
          autocomplete={rest.autocomplete ?? "off"}
          maxLength={rest.maxLength}
          required={rest.required}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({ label, value, onValue, hint, error, optional, maxLength, required }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(ties) => (
        <textarea
          {...ties}
          class="input"
          rows={4}
          value={value}
          maxLength={maxLength}
          required={required}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value | "";
  readonly options: readonly (readonly [Value, string])[];
  readonly onValue: (value: Value) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Shown while nothing is chosen. */
  readonly none?: string;
}

/** One of several. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onValue,
  hint,
  error,
  none,
}: SelectProps<Value>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <select {...ties} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value as Value)}>
          {none === undefined ? null : <option value="">{none}</option>}
          {options.map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ChecksProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly options: readonly (readonly [Value, string])[];
  readonly onValues: (values: readonly Value[]) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** Any number of several. */
export function ChecksField<Value extends string>({
  label,
  values,
  options,
  onValues,
  hint,
  error,
}: ChecksProps<Value>) {
  const id = useId();
  return (
    <fieldset class="field field-group" aria-describedby={error ? `${id}-error` : undefined}>
      <legend class="field-label">{label}</legend>
      {hint ? <p class="field-hint">{hint}</p> : null}
      <div class="field-choices">
        {options.map(([code, name]) => (
          <label key={code} class="field-choice">
            <input
              type="checkbox"
              checked={values.includes(code)}
              onChange={(event) =>
                onValues(event.currentTarget.checked ? [...values, code] : values.filter((value) => value !== code))
              }
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {error ? (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
