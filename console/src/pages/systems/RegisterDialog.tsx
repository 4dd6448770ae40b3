import { useState } from "preact/hooks";
import { useForm } from "../../api/form.ts";
import { useText } from "../../app/preferences.tsx";
import {
  type DataCategory,
  type DownstreamMessage,
  RegisterSystemDocument,
  type SubjectIdentifier,
  type SystemConnector,
} from "../../gql/graphql.ts";
import { ChecksField, SelectField, TextField } from "../../parts/Field.tsx";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { carriesHeads, hearsOfPersons, newSystem, registrationOf } from "./registration.ts";
import type { Secret } from "./SecretDialog.tsx";

interface RegisterDialogProps {
  /** Registered; null where the system has no secret. */
  readonly onMade: (secret: Secret | null) => void;
  readonly onClose: () => void;
}

const entriesOf = <Code extends string>(words: Readonly<Record<Code, string>>) =>
  Object.entries(words) as [Code, string][];

/** Registers a system, by any of the ways to reach one. */
export function RegisterDialog({ onMade, onClose }: RegisterDialogProps) {
  const { systems: words, codes } = useText();
  const [fields, setFields] = useState(newSystem);
  const form = useForm(RegisterSystemDocument, Object.keys(newSystem));
  const set = <Name extends keyof typeof newSystem>(name: Name) => ({
    error: form.errorAt(name),
    onChange: (value: (typeof newSystem)[Name]) => setFields({ ...fields, [name]: value }),
  });
  const [connector, name, endpoint] = [set("connector"), set("name"), set("endpoint")];
  const [receives, categories, identifiers] = [set("receives"), set("dataCategories"), set("identifiers")];
  const register = async () => {
    const outcome = await form.send({ input: registrationOf(fields) });
    if (!outcome.done) return;
    const { secret, system } = outcome.data.registerDownstreamSystem;
    onMade(secret ? { of: system?.name ?? fields.name, value: secret, connector: fields.connector } : null);
  };
  return (
    <FormDialog
      title={words.register}
      action={words.registerAction}
      form={form}
      wide
      onSubmit={() => void register()}
      onClose={onClose}
    >
      <SelectField<SystemConnector>
        label={words.connector}
        hint={words.connectorHints[fields.connector]}
        value={fields.connector}
        options={entriesOf(words.connectors)}
        onValue={connector.onChange}
        error={connector.error}
      />
      <TextField label={words.name} value={fields.name} onValue={name.onChange} error={name.error} maxLength={500} />
      <TextField
        label={fields.connector === "MANUAL" ? words.page : words.endpoint}
        hint={words.endpointHints[fields.connector]}
        type="url"
        value={fields.endpoint}
        onValue={endpoint.onChange}
        error={endpoint.error}
      />
      {carriesHeads(fields.connector) ? (
        <ChecksField<DownstreamMessage>
          label={words.receives}
          values={fields.receives}
          options={entriesOf(words.messages)}
          onValues={receives.onChange}
          error={receives.error}
        />
      ) : null}
      {hearsOfPersons(fields) ? (
        <>
          <ChecksField<DataCategory>
            label={words.categories}
            hint={words.categoriesHint}
            values={fields.dataCategories}
            options={entriesOf(codes.category)}
            onValues={categories.onChange}
            error={categories.error}
          />
          <ChecksField<SubjectIdentifier>
            label={words.identifiers}
            hint={words.identifiersHint}
            values={fields.identifiers}
            options={entriesOf(words.knows)}
            onValues={identifiers.onChange}
            error={identifiers.error}
          />
        </>
      ) : null}
    </FormDialog>
  );
}
