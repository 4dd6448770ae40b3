import { usePreferences, useText } from "../../app/preferences.tsx";
import type { DataCategory, RectificationFault, RestrictionGround } from "../../gql/codes.ts";
import { Button } from "../../parts/Button.tsx";
import { ChecksField, SelectField, TextArea, TextField } from "../../parts/Field.tsx";
import { type Correction, correctable, type Draft, emptyCorrection, objectable } from "./submission.ts";

interface ParticularsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly errorAt: (input: string) => string | undefined;
}

/** What one right asks for beside who, how and when. */
export function Particulars(props: ParticularsProps) {
  const text = useText();
  const words = text.newRequest;
  const { draft, change, errorAt } = props;
  switch (draft.kind) {
    case "ERASURE":
      return (
        <ChecksField
          label={words.categories}
          hint={words.categoriesHint}
          values={draft.categories}
          options={Object.entries(text.codes.category) as [DataCategory, string][]}
          onValues={(categories) => change({ categories })}
          error={errorAt("categories")}
        />
      );
    case "RECTIFICATION":
      return <Corrections {...props} />;
    case "RESTRICTION":
      return (
        <SelectField
          label={words.ground}
          value={draft.ground}
          options={Object.entries(text.codes.restrictionGround) as [RestrictionGround, string][]}
          onValue={(ground) => change({ ground })}
          error={errorAt("ground")}
        />
      );
    case "OBJECTION":
    case "CONSENT_WITHDRAWAL":
      return <PurposeAndGrounds {...props} />;
    default:
      return null;
  }
}

function PurposeAndGrounds({ draft, change, errorAt }: ParticularsProps) {
  const text = useText();
  const words = text.newRequest;
  const atOnce = draft.kind === "CONSENT_WITHDRAWAL" || draft.purpose === "DIRECT_MARKETING";
  return (
    <>
      <SelectField
        label={words.purpose}
        hint={atOnce ? words.atOnce : undefined}
        value={draft.purpose}
        options={objectable.map((code) => [code, text.codes.purpose[code]] as const)}
        onValue={(purpose) => change({ purpose })}
        error={errorAt("purpose")}
      />
      {atOnce ? null : (
        <TextArea
          label={words.grounds}
          value={draft.grounds}
          onValue={(grounds) => change({ grounds })}
          error={errorAt("grounds")}
        />
      )}
    </>
  );
}

function Corrections({ draft, change, errorAt }: ParticularsProps) {
  const words = useText().newRequest;
  const set = (key: number, part: Partial<Correction>) =>
    change({ corrections: draft.corrections.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <>
      {draft.corrections.map((one, index) => (
        <OneCorrection
          key={one.key}
          correction={one}
          set={(part) => set(one.key, part)}
          error={
            errorAt(String(index)) ?? (index === 0 ? (errorAt("newValue") ?? errorAt("rectifications")) : undefined)
          }
          remove={
            draft.corrections.length > 1
              ? () => change({ corrections: draft.corrections.filter(({ key }) => key !== one.key) })
              : null
          }
        />
      ))}
      <p>
        <Button onClick={() => change({ corrections: [...draft.corrections, emptyCorrection(performance.now())] })}>
          {words.another}
        </Button>
      </p>
      <label class="field field-choice">
        <input
          type="checkbox"
          checked={draft.restrictMeanwhile}
          onChange={(event) => change({ restrictMeanwhile: event.currentTarget.checked })}
        />
        <span>{words.restrictMeanwhile}</span>
      </label>
    </>
  );
}

interface OneCorrectionProps {
  readonly correction: Correction;
  readonly set: (part: Partial<Correction>) => void;
  readonly remove: (() => void) | null;
  readonly error: string | undefined;
}

function OneCorrection({ correction, set, remove, error }: OneCorrectionProps) {
  const { text } = usePreferences();
  const words = text.newRequest;
  const { address } = correction;
  return (
    <div class="correction">
      <SelectField
        label={words.value}
        value={correction.category}
        options={correctable.map((code) => [code, text.codes.category[code]] as const)}
        onValue={(category) => set({ category })}
      />
      <SelectField
        label={words.fault}
        value={correction.fault}
        options={Object.entries(text.codes.fault) as [RectificationFault, string][]}
        onValue={(fault) => set({ fault })}
      />
      {correction.category === "ADDRESS" ? (
        <>
          <TextArea
            label={words.lines}
            value={address.lines}
            onValue={(lines) => set({ address: { ...address, lines } })}
            error={error}
          />
          <TextField
            label={words.postalCode}
            value={address.postalCode}
            onValue={(postalCode) => set({ address: { ...address, postalCode } })}
          />
          <TextField
            label={words.locality}
            value={address.locality}
            onValue={(locality) => set({ address: { ...address, locality } })}
          />
          <TextField
            label={words.country}
            value={address.country}
            maxLength={2}
            onValue={(country) => set({ address: { ...address, country: country.toUpperCase() } })}
          />
        </>
      ) : (
        <TextField label={words.newValue} value={correction.value} onValue={(value) => set({ value })} error={error} />
      )}
      {remove ? (
        <Button tone="quiet" onClick={remove}>
          {words.remove}
        </Button>
      ) : null}
    </div>
  );
}
