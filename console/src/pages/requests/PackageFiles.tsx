import { useClient } from "@urql/preact";
import { useState } from "preact/hooks";
import { trusted } from "../../api/document.ts";
import { useText } from "../../app/preferences.tsx";
import type { ExportFormat } from "../../gql/codes.ts";
import { RequestPackageLinkDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { followDownload } from "../../parts/download.ts";
import { Facts } from "../../parts/Facts.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Section } from "../../parts/Section.tsx";
import { Deadline, When } from "../../parts/When.tsx";
import type { WholeRequest } from "./steps.ts";

/** The files of an answer. A link is made when it is used, since it counts its uses. */
export function PackageFiles({ id, files }: { id: string; files: NonNullable<WholeRequest["package"]> }) {
  const text = useText();
  const words = text.requests.packages;
  const client = useClient();
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const [failed, setFailed] = useState(false);
  const fetchFile = async (format: ExportFormat) => {
    setBusy(format);
    const { data } = await client.query(trusted(RequestPackageLinkDocument), { id, format }).toPromise();
    const link = data?.rightsRequest?.package?.downloadUrl;
    setFailed(!link);
    if (link) followDownload(link);
    setBusy(null);
  };
  return (
    <Section title={words.title}>
      <Facts
        of={[
          [words.ready, <When key="ready" at={files.createdAt} />],
          [words.until, <Deadline key="until" at={files.expiresAt} precise />],
        ]}
      />
      <div class="request-steps">
        {files.formats.map((format) => (
          <Button key={format} busy={busy === format} onClick={() => void fetchFile(format)}>
            <Icon name="down" />
            {words.formats[format]}
          </Button>
        ))}
      </div>
      <p class="field-hint">{words.hint}</p>
      {failed ? <Notice tone="danger">{words.failed}</Notice> : null}
    </Section>
  );
}
