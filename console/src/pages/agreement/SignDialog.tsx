import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import { SignAgreementDocument } from "../../gql/graphql.ts";
import { TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { AgreementText, type Listed } from "./AgreementText.tsx";

interface SignDialogProps {
  readonly version: Listed;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Signs the document that is shown: its digest, computed here, goes with the signature. */
export function SignDialog({ version, onClose, onDone }: SignDialogProps) {
  const { head: agreement, after } = version;
  const words = useText().agreement.sign;
  const [shown, setShown] = useState("");
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [read, setRead] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useForm(SignAgreementDocument, ["signatoryName", "signatoryTitle"]);
  const submit = async () => {
    setTried(true);
    if (!read || !shown) return;
    const outcome = await form.send({
      input: { agreementId: agreement.id, documentSha256: shown, signatoryName: name, signatoryTitle: title },
    });
    if (outcome.done) onDone();
  };
  return (
    <FormDialog
      title={words.title(agreement.version)}
      action={words.action}
      form={form}
      wide
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="sign-text" tabIndex={0} aria-label={words.document}>
        <AgreementText after={after} onShown={setShown} />
      </section>
      <label class="field field-choice">
        <input
          type="checkbox"
          checked={read}
          aria-invalid={tried && !read ? true : undefined}
          onChange={(event) => setRead(event.currentTarget.checked)}
        />
        <span>{words.read}</span>
      </label>
      {tried && !read ? <p class="field-error">{words.readFirst}</p> : null}
      <TextField
        label={words.name}
        value={name}
        onValue={setName}
        required
        autocomplete="name"
        error={form.errorAt("signatoryName")}
      />
      <TextField
        label={words.role}
        value={title}
        onValue={setTitle}
        required
        autocomplete="organization-title"
        error={form.errorAt("signatoryTitle")}
      />
    </FormDialog>
  );
}
