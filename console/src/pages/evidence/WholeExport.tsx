import { useClient } from "@urql/preact";
import { useEffect, useState } from "preact/hooks";
import { trusted } from "../../api/document.ts";
import { useForm } from "../../api/form.ts";
import { type Answer, useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import {
  RequestWholeExportDocument,
  WholeExportDocument,
  WholeExportLinkDocument,
  type WholeExportQuery,
} from "../../gql/graphql.ts";
import { Badge, type BadgeTone } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { followDownload } from "../../parts/download.ts";
import { Facts } from "../../parts/Facts.tsx";
import { FormProblems } from "../../parts/FormProblems.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { Deadline, When } from "../../parts/When.tsx";
import { byteWords } from "./byteWords.ts";

type Export = NonNullable<WholeExportQuery["tenantExport"]>;

const tones: Record<Export["status"], BadgeTone> = {
  PENDING: "info",
  READY: "good",
  EXPIRED: "quiet",
  FAILED: "danger",
};

/** How often it is asked whether an export is made. */
const pollMillis = 2000;

/** All that the tenant has, as one file. */
export function WholeExport() {
  const { evidence } = useText();
  const words = evidence.whole;
  const say = useToast();
  const answer = useAnswer(WholeExportDocument, {});
  const form = useForm(RequestWholeExportDocument, []);
  const status = answer.data?.tenantExport?.status;
  const { reload, loading } = answer;
  useEffect(() => {
    if (status !== "PENDING" || loading) return;
    const timer = setTimeout(reload, pollMillis);
    return () => clearTimeout(timer);
  }, [status, loading, reload]);
  const request = async () => {
    if (!(await form.send({ input: {} })).done) return;
    say(words.requested);
    reload();
  };
  return (
    <Section title={words.title}>
      <p>{words.hint}</p>
      <Loaded of={answer}>
        {({ tenantExport }) =>
          tenantExport ? <ExportFacts made={tenantExport} of={answer} /> : <p class="soft">{words.none}</p>
        }
      </Loaded>
      <FormProblems form={form} />
      <p class="evidence-actions">
        <Button busy={form.busy} disabled={status === "PENDING"} onClick={() => void request()}>
          {status === "READY" ? words.anew : words.request}
        </Button>
        {status === "READY" ? <span class="soft">{words.anewHint}</span> : null}
      </p>
    </Section>
  );
}

function ExportFacts({ made, of }: { made: Export; of: Answer<WholeExportQuery> }) {
  const { evidence, parts } = useText();
  const words = evidence.whole;
  return (
    <>
      <p role="status">
        <Badge tone={tones[made.status]}>{words.states[made.status]}</Badge> {words.stateHints[made.status]}
      </p>
      <Facts
        of={[
          [words.requestedAt, <When key="at" at={made.requestedAt} />],
          [words.readyAt, made.readyAt ? <When at={made.readyAt} /> : null],
          [words.expiresAt, made.expiresAt ? <Deadline at={made.expiresAt} precise /> : null],
          [words.size, made.byteCount ? byteWords(made.byteCount) : null],
          [words.sha256, made.sha256 ? <code>{made.sha256}</code> : null],
          [words.downloads, made.downloads.length > 0 ? String(made.downloads.length) : parts.none],
        ]}
      />
      {made.status === "READY" ? <FetchExport onFetched={of.reload} /> : null}
    </>
  );
}

/** The link is asked for when it is used: it works without a session, and counts its uses. */
function FetchExport({ onFetched }: { onFetched: () => void }) {
  const { evidence } = useText();
  const words = evidence.whole;
  const client = useClient();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const fetchFile = async () => {
    setState("busy");
    const { data } = await client.query(trusted(WholeExportLinkDocument), {}).toPromise();
    const link = data?.tenantExport?.downloadUrl;
    setState(link ? "idle" : "failed");
    if (!link) return;
    followDownload(link);
    setTimeout(onFetched, pollMillis);
  };
  return (
    <>
      <p class="evidence-actions">
        <Button tone="primary" busy={state === "busy"} onClick={() => void fetchFile()}>
          <Icon name="down" />
          {words.download}
        </Button>
      </p>
      {state === "failed" ? <Notice tone="danger">{words.linkFailed}</Notice> : null}
    </>
  );
}
