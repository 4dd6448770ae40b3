import { useClient } from "@urql/preact";
import { useState } from "preact/hooks";
import { trusted } from "../../api/document.ts";
import { usePreferences } from "../../app/preferences.tsx";
import type { DocumentFormat } from "../../gql/codes.ts";
import { type AgreementPageQuery, ClosingCertificateDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { saveDocument } from "../../parts/download.ts";
import { Facts } from "../../parts/Facts.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Section } from "../../parts/Section.tsx";
import { When } from "../../parts/When.tsx";

const formats: readonly DocumentFormat[] = ["PDF", "JSON", "MARKDOWN"];

/** How the erasure of everything stands after the end of the relationship, and the certificate of it, Art. 28(3)(g). */
export function Closing({ of }: { of: NonNullable<AgreementPageQuery["viewer"]["tenant"]["closing"]> }) {
  const { text, language } = usePreferences();
  const words = text.agreement.closing;
  const client = useClient();
  const [busy, setBusy] = useState<DocumentFormat | null>(null);
  const [soon, setSoon] = useState(false);
  const save = async (format: DocumentFormat) => {
    setBusy(format);
    const { data } = await client.query(trusted(ClosingCertificateDocument), { format, language }).toPromise();
    const document = data?.viewer.tenant.closing?.certificate;
    setSoon(!document);
    if (document) saveDocument(document.fileName, document.mediaType, document.contentBase64);
    setBusy(null);
  };
  return (
    <Section title={words.title}>
      <Facts
        of={[
          [words.began, <When key="began" at={of.erasureBeganAt} />],
          [words.keys, of.keysDestroyedAt ? <When at={of.keysDestroyedAt} /> : null],
          [words.closed, of.closedAt ? <When at={of.closedAt} /> : null],
        ]}
      />
      {of.closedAt ? (
        <>
          <p>{words.certificate}</p>
          <div class="agreement-actions">
            {formats.map((format) => (
              <Button key={format} busy={busy === format} onClick={() => void save(format)}>
                <Icon name="down" />
                {text.requests.certificate.formats[format]}
              </Button>
            ))}
          </div>
        </>
      ) : (
        <p>{words.going}</p>
      )}
      <p role="status" class="field-hint">
        {soon ? words.soon : ""}
      </p>
    </Section>
  );
}
