import "./requests.css";
import { useCallback, useEffect } from "preact/hooks";
import { type Answer, useAnswer, useLive } from "../../api/hooks.ts";
import { usePreferences } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { RequestChangedDocument, RequestWholeDocument, type RequestWholeQuery } from "../../gql/graphql.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import type { PageProps } from "../Page.tsx";
import { Certificate } from "./Certificate.tsx";
import { Clock } from "./Clock.tsx";
import { Corrections } from "./Corrections.tsx";
import { History } from "./History.tsx";
import { Letter } from "./Letter.tsx";
import { NextStep } from "./NextStep.tsx";
import { Outcomes } from "./Outcomes.tsx";
import { PackageFiles } from "./PackageFiles.tsx";
import { Person } from "./Person.tsx";
import { Plan } from "./Plan.tsx";
import { RequestFacts } from "./RequestFacts.tsx";
import type { WholeRequest } from "./steps.ts";
import { Tasks } from "./Tasks.tsx";

/** How often a request that is being carried out is read again where no event comes, in milliseconds, and how many times. */
const workingMillis = 4000;
const workingTries = 15;

/** One request from its receipt to its answer. It follows what happens to it. */
export function RequestPage({ id }: PageProps) {
  const { text, language } = usePreferences();
  const answer = useAnswer(RequestWholeDocument, { id, language });
  useLive(
    RequestChangedDocument,
    { id },
    useCallback(() => answer.reload(), [answer.reload]),
  );
  const working = answer.data?.rightsRequest?.status === "IN_PROGRESS";
  useEffect(() => {
    if (!working) return;
    let tries = 0;
    const timer = setInterval(() => {
      tries += 1;
      // What waits for systems outside may wait for days: it must not keep an unused session alive.
      if (tries > workingTries) clearInterval(timer);
      else answer.reload();
    }, workingMillis);
    return () => clearInterval(timer);
  }, [working, answer.reload]);
  return (
    <Loaded of={answer}>
      {({ rightsRequest }) =>
        rightsRequest ? (
          <Whole request={rightsRequest} answer={answer} />
        ) : (
          <>
            <PageHead title={text.requests.notFound} back={{ href: hrefTo("requests"), name: text.requests.title }} />
            <EmptyState title={text.requests.notFoundHint} />
          </>
        )
      }
    </Loaded>
  );
}

function Whole({ request, answer }: { request: WholeRequest; answer: Answer<RequestWholeQuery> }) {
  const { text } = usePreferences();
  const open = request.status !== "COMPLETED" && request.status !== "PARTIALLY_COMPLETED";
  return (
    <>
      <PageHead
        title={`${text.codes.requestKind[request.kind]}, ${text.requests.article[request.kind]}`}
        back={{ href: hrefTo("requests"), name: text.requests.title }}
        lead={
          <>
            <span class="mono">{request.reference}</span>{" "}
            <CopyButton value={request.reference} of={text.requests.reference} />{" "}
            <StatusBadge status={request.status} />
          </>
        }
      />
      <div class="request">
        <div class="request-main">
          <NextStep request={request} changed={answer.reload} />
          {request.kind === "RECTIFICATION" ? <Corrections id={request.id} /> : null}
          {request.kind === "ERASURE" && isUndecided(request) ? (
            <Plan id={request.id} categories={request.erasureCategories} />
          ) : null}
          {request.downstreamTasks.length > 0 ? <Tasks of={request.downstreamTasks} changed={answer.reload} /> : null}
          {request.package ? <PackageFiles id={request.id} files={request.package} /> : null}
          <Letter id={request.id} reference={request.reference} status={request.status} />
          {request.outcomes.length > 0 ? <Outcomes of={request.outcomes} /> : null}
          {request.kind === "ERASURE" && !open ? <Certificate request={request} /> : null}
        </div>
        <div class="request-side">
          <Clock request={request} />
          <Person id={request.id} subject={request.subject} />
          <RequestFacts request={request} />
          <History of={request.timeline} />
        </div>
      </div>
    </>
  );
}

function isUndecided(request: WholeRequest): boolean {
  return request.status === "RECEIVED" || request.status === "AWAITING_IDENTITY" || request.status === "UNDER_REVIEW";
}
