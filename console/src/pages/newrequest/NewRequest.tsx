import "./newrequest.css";
import { useRef, useState } from "preact/hooks";
import { usePreferences } from "../../app/preferences.tsx";
import { go, usePlace } from "../../app/router.tsx";
import { hrefTo } from "../../app/routes.ts";
import type { RequestChannel, RightsRequestKind } from "../../gql/codes.ts";
import { Button } from "../../parts/Button.tsx";
import { SelectField, TextField } from "../../parts/Field.tsx";
import { FormProblems } from "../../parts/FormProblems.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Shown } from "../../parts/OnDemand.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { legalDay } from "../../parts/time.ts";
import { FindPerson, type Found } from "./FindPerson.tsx";
import { Particulars } from "./Particulars.tsx";
import { type Draft, emptyCorrection } from "./submission.ts";
import { type Submitted, useSubmit } from "./useSubmit.ts";

/** The channels that staff can name; a person's own sign-in is not one of them. */
const channels: readonly RequestChannel[] = ["EMAIL", "LETTER", "PHONE", "API"];

const kinds: readonly RightsRequestKind[] = [
  "ACCESS",
  "ERASURE",
  "RECTIFICATION",
  "RESTRICTION",
  "OBJECTION",
  "PORTABILITY",
  "CONSENT_WITHDRAWAL",
];

function draftFrom(query: URLSearchParams, today: string): Draft {
  return {
    kind: kinds.find((kind) => kind === query.get("kind")) ?? "ACCESS",
    subjectId: query.get("subject") ?? "",
    channel: "EMAIL",
    day: today,
    categories: [],
    corrections: [emptyCorrection(0)],
    restrictMeanwhile: true,
    ground: "ACCURACY_CONTESTED",
    purpose: "DIRECT_MARKETING",
    grounds: "",
  };
}

/** Takes in a request that came by letter, e-mail or telephone: who, what, how and when. */
export function NewRequest() {
  const { text } = usePreferences();
  const words = text.newRequest;
  const { query } = usePlace();
  const say = useToast();
  const today = legalDay(new Date());
  const key = useRef(crypto.randomUUID());
  const [draft, setDraft] = useState(() => draftFrom(query, today));
  const [person, setPerson] = useState<Found | null>(() =>
    draft.subjectId ? { id: draft.subjectId, name: "" } : null,
  );
  const [tried, setTried] = useState(false);
  const [open, setOpen] = useState<Submitted["request"]>(null);
  const { form, submit } = useSubmit(draft.kind);
  const change = (part: Partial<Draft>) => {
    // Another input is another submission.
    key.current = crypto.randomUUID();
    setDraft((before) => ({ ...before, ...part }));
  };
  const send = async () => {
    setTried(true);
    setOpen(null);
    if (!draft.subjectId) return;
    const { done, request, code } = await submit(draft, today, key.current);
    if (done && request) {
      say(words.done(request.reference));
      go(hrefTo("request", request.id));
    } else if (code === "ALREADY_OPEN") setOpen(request);
  };
  return (
    <>
      <PageHead title={words.title} lead={words.lead} back={{ href: hrefTo("requests"), name: text.requests.title }} />
      <div class="new-request">
        <Section title={words.who}>
          {person ? (
            <Shown>
              <div class="chosen">
                <p>
                  <strong>{person.name || words.chosen}</strong> <span class="mono soft">{person.id}</span>
                </p>
                <Button
                  onClick={() => {
                    setPerson(null);
                    change({ subjectId: "" });
                  }}
                >
                  {words.someoneElse}
                </Button>
              </div>
            </Shown>
          ) : (
            <FindPerson
              error={tried ? words.choosePerson : undefined}
              onFound={(found) => {
                setPerson(found);
                change({ subjectId: found.id });
              }}
            />
          )}
          {form.errorAt("subjectId") ? <Notice tone="danger">{form.errorAt("subjectId") ?? ""}</Notice> : null}
        </Section>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!form.busy) void send();
          }}
        >
          <Section title={words.what}>
            <fieldset class="kinds">
              <legend class="hidden">{words.what}</legend>
              {kinds.map((kind) => (
                <label key={kind} class="kind">
                  <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
                  <span>
                    <strong>{text.codes.requestKind[kind]}</strong>
                    <small>{words.kinds[kind]}</small>
                  </span>
                </label>
              ))}
            </fieldset>
            <Particulars draft={draft} change={change} errorAt={form.errorAt} />
          </Section>
          <Section title={words.how}>
            <div class="how">
              <SelectField
                label={words.channel}
                value={draft.channel}
                options={channels.map((code) => [code, text.codes.channel[code]] as const)}
                onValue={(channel) => change({ channel })}
                error={form.errorAt("channel")}
              />
              <TextField
                label={words.day}
                hint={words.dayHint}
                type="date"
                value={draft.day}
                onValue={(day) => change({ day })}
                required
                error={form.errorAt("receivedAt")}
              />
            </div>
          </Section>
          {open ? (
            <Notice tone="warning">
              {words.alreadyOpen} <a href={hrefTo("request", open.id)}>{open.reference}</a>
            </Notice>
          ) : (
            <FormProblems form={form} />
          )}
          {tried && !draft.subjectId ? <Notice tone="danger">{words.choosePerson}</Notice> : null}
          <Button type="submit" tone="primary" busy={form.busy}>
            {words.submit}
          </Button>
        </form>
      </div>
    </>
  );
}
