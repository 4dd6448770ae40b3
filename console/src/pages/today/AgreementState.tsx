import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { TodayAgreementDocument } from "../../gql/graphql.ts";
import { ButtonLink } from "../../parts/Button.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Day } from "../../parts/When.tsx";

/** Which agreement is in force, and what of it waits for the tenant. */
export function AgreementState() {
  const text = useText();
  const answer = useAnswer(TodayAgreementDocument, {});
  return (
    <Section title={text.today.agreement} aside={<a href={hrefTo("agreement")}>{text.today.seeAgreement}</a>}>
      <Loaded of={answer}>
        {({ viewer, subprocessors }) => {
          const { currentAgreement, agreements } = viewer.tenant;
          const offered = agreements.edges.find((edge) => edge.node.status === "OFFERED")?.node;
          const waiting = subprocessors.filter(
            ({ standing }) => standing === "ANNOUNCED" || standing === "AWAITING_AUTHORISATION",
          ).length;
          return (
            <>
              {currentAgreement ? (
                <p>
                  {text.today.inForce(currentAgreement.version)}{" "}
                  {currentAgreement.effectiveFrom ? (
                    <span class="soft">
                      {text.today.inForceSince} <Day on={currentAgreement.effectiveFrom} />
                    </span>
                  ) : null}
                </p>
              ) : (
                <Notice tone="warning">{text.today.noAgreement}</Notice>
              )}
              {offered ? (
                <>
                  <p>{text.today.offered(offered.version)}</p>
                  <p>
                    <ButtonLink href={hrefTo("agreement")} tone="primary">
                      {text.today.read}
                    </ButtonLink>
                  </p>
                </>
              ) : null}
              {waiting > 0 ? (
                <p>
                  <a href={hrefTo("agreement")}>{text.today.subprocessors(waiting)}</a>
                </p>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
