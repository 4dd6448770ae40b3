import { useClient } from "@urql/preact";
import { useState } from "preact/hooks";
import { trusted } from "../../api/document.ts";
import { usePreferences } from "../../app/preferences.tsx";
import type { DocumentFormat } from "../../gql/codes.ts";
import { RequestCertificateDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { saveDocument } from "../../parts/download.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Section } from "../../parts/Section.tsx";
import type { WholeRequest } from "./steps.ts";

const formats: readonly DocumentFormat[] = ["PDF", "JSON", "MARKDOWN"];

/** The certificate of what was erased, to keep. */
export function Certificate({ request }: { request: WholeRequest }) {
  const { text, language } = usePreferences();
  const words = text.requests.certificate;
  const client = useClient();
  const [busy, setBusy] = useState<DocumentFormat | null>(null);
  const [soon, setSoon] = useState(false);
  const save = async (format: DocumentFormat) => {
    setBusy(format);
    const variables = { id: request.id, format, language, stage: null };
    const { data } = await client.query(trusted(RequestCertificateDocument), variables).toPromise();
    const document = data?.rightsRequest?.certificate;
    setSoon(!document);
    if (document) saveDocument(document.fileName, document.mediaType, document.contentBase64);
    setBusy(null);
  };
  return (
    <Section title={words.title}>
      <p>{words.hint}</p>
      <div class="request-steps">
        {formats.map((format) => (
          <Button key={format} busy={busy === format} onClick={() => void save(format)}>
            <Icon name="down" />
            {words.formats[format]}
          </Button>
        ))}
      </div>
      <p role="status" class="field-hint">
        {soon ? words.soon : ""}
      </p>
    </Section>
  );
}
