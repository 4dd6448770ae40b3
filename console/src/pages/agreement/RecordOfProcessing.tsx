import { useClient } from "@urql/preact";
import { useState } from "preact/hooks";
import { trusted } from "../../api/document.ts";
import { useAnswer } from "../../api/hooks.ts";
import { usePreferences } from "../../app/preferences.tsx";
import type { DocumentFormat } from "../../gql/codes.ts";
import { RecordOfProcessingDocument, RecordOfProcessingFileDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { saveDocument } from "../../parts/download.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Markdown } from "../../parts/Markdown.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";

const formats: readonly DocumentFormat[] = ["PDF", "JSON"];

/** The processor's record of processing, Art. 30(2), to read and to keep. */
export function RecordOfProcessing() {
  const { text, language } = usePreferences();
  const words = text.agreement.record;
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState<DocumentFormat | null>(null);
  const [failed, setFailed] = useState(false);
  const answer = useAnswer(RecordOfProcessingDocument, { language }, !open);
  const save = async (format: DocumentFormat) => {
    setBusy(format);
    const { data } = await client.query(trusted(RecordOfProcessingFileDocument), { language, format }).toPromise();
    const file = data?.processingRecord.printed;
    setFailed(!file);
    if (file) saveDocument(file.fileName, file.mediaType, file.contentBase64);
    setBusy(null);
  };
  return (
    <Section title={words.title}>
      <p class="soft">{words.lead}</p>
      <div class="agreement-actions">
        <Button onClick={() => setOpen(!open)}>{open ? text.agreement.close : words.read}</Button>
        {formats.map((format) => (
          <Button key={format} busy={busy === format} onClick={() => void save(format)}>
            <Icon name="down" />
            {words.formats[format]}
          </Button>
        ))}
      </div>
      {failed ? <Notice tone="danger">{words.failed}</Notice> : null}
      {open ? (
        <Loaded of={answer}>
          {({ processingRecord }) => (
            <article class="paper">
              <Markdown source={processingRecord.document} level={3} lang={language} />
            </article>
          )}
        </Loaded>
      ) : null}
    </Section>
  );
}
