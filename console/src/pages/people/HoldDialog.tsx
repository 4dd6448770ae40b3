import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { type DataCategory, PlaceLegalHoldDocument, type RetentionGround } from "../../gql/graphql.ts";
import { ChecksField, SelectField, TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { useToast } from "../../parts/Toasts.tsx";

/** What somebody can decide; the gateway applies the Bookkeeping Act by itself. */
const grounds = [
  "LEGAL_CLAIMS",
  "COURT_OR_AUTHORITY_ORDER",
  "CONTRACT_PERFORMANCE",
  "OTHER_LEGAL_OBLIGATION",
  "LEGITIMATE_INTERESTS",
] as const satisfies readonly RetentionGround[];

interface HoldDialogProps {
  readonly id: string;
  readonly onClose: (changed: boolean) => void;
}

/** Keeps categories from erasure. */
export function HoldDialog({ id, onClose }: HoldDialogProps) {
  const { people, codes } = useText();
  const words = people.holds;
  const say = useToast();
  const [ground, setGround] = useState<RetentionGround>("LEGAL_CLAIMS");
  const [reference, setReference] = useState("");
  const [categories, setCategories] = useState<readonly DataCategory[]>([]);
  const [expiresOn, setExpiresOn] = useState("");
  const [unnamed, setUnnamed] = useState(false);
  const form = useForm(PlaceLegalHoldDocument, ["ground", "reference", "categories", "expiresOn"]);
  const place = async () => {
    setUnnamed(categories.length === 0);
    if (categories.length === 0) return;
    const input = { subjectId: id, ground, reference, categories, ...(expiresOn ? { expiresOn } : {}) };
    const outcome = await form.send({ input });
    if (!outcome.done) return;
    say(words.placed);
    onClose(true);
  };
  return (
    <FormDialog
      title={words.place}
      action={words.placeAction}
      form={form}
      onSubmit={() => void place()}
      onClose={() => onClose(false)}
    >
      <p class="soft">{words.placeHint}</p>
      <SelectField
        label={words.ground}
        value={ground}
        options={grounds.map((one) => [one, codes.retentionGround[one]])}
        onValue={setGround}
        error={form.errorAt("ground")}
      />
      <TextField
        label={words.reference}
        hint={words.referenceHint}
        value={reference}
        onValue={setReference}
        error={form.errorAt("reference")}
        maxLength={500}
      />
      <ChecksField
        label={words.categories}
        values={categories}
        options={Object.entries(codes.category) as [DataCategory, string][]}
        onValues={setCategories}
        error={unnamed ? words.categoriesMissing : form.errorAt("categories")}
      />
      <TextField
        label={words.expiresOn}
        hint={words.expiresOnHint}
        type="date"
        optional
        value={expiresOn}
        onValue={setExpiresOn}
        error={form.errorAt("expiresOn")}
      />
    </FormDialog>
  );
}
