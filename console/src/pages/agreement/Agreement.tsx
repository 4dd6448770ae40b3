import "./agreement.css";
import { type Answer, useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { AgreementPageDocument, type AgreementPageQuery } from "../../gql/graphql.ts";
import { Notice } from "../../parts/Notice.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { Day } from "../../parts/When.tsx";
import { SubprocessorSection } from "../subprocessors/SubprocessorSection.tsx";
import { listed } from "./AgreementText.tsx";
import { Closing } from "./Closing.tsx";
import { Comparison } from "./Comparison.tsx";
import { Instructions } from "./Instructions.tsx";
import { RecordOfProcessing } from "./RecordOfProcessing.tsx";
import { Version } from "./Version.tsx";
import { Versions } from "./Versions.tsx";

/** The processor agreement in all its versions, who else processes, and the record of processing. */
export function Agreement() {
  const text = useText();
  const answer = useAnswer(AgreementPageDocument, {});
  return (
    <>
      <PageHead title={text.agreement.title} lead={text.agreement.lead} />
      <Loaded of={answer}>{(data) => <Whole data={data} answer={answer} />}</Loaded>
      <SubprocessorSection />
      {answer.data?.viewer.tenant.currentAgreement ? <Instructions /> : null}
      <RecordOfProcessing />
    </>
  );
}

function Whole({ data, answer }: { data: AgreementPageQuery; answer: Answer<AgreementPageQuery> }) {
  const text = useText();
  const { tenant } = data.viewer;
  const versions = listed(tenant.agreements.edges);
  const offered = versions.find(({ head }) => head.status === "OFFERED");
  const current = versions.find(({ head }) => head.id === tenant.currentAgreement?.id);
  const maySign = useMay("agreements:sign");
  return (
    <>
      {tenant.status === "OFFBOARDING" && tenant.returnEndsOn ? (
        <Notice tone="warning">
          {text.agreement.leaving} <Day on={tenant.returnEndsOn} />.
        </Notice>
      ) : null}
      {tenant.closing ? <Closing of={tenant.closing} /> : null}
      {versions.length === 0 ? <EmptyState title={text.agreement.none} body={text.agreement.noneHint} /> : null}
      {offered ? <Version version={offered} may={maySign} organisation={tenant.name} changed={answer.reload} /> : null}
      {current ? <Version version={current} may={maySign} organisation={tenant.name} changed={answer.reload} /> : null}
      {versions.length > 0 ? <Versions of={versions} /> : null}
      {versions.length > 1 ? <Comparison versions={versions} /> : null}
    </>
  );
}
