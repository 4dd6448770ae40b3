import "./today.css";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import { TodayRequestsDocument } from "../../gql/graphql.ts";
import { ButtonLink } from "../../parts/Button.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { AgreementState } from "./AgreementState.tsx";
import { OpenBreaches } from "./OpenBreaches.tsx";
import { StuckTasks } from "./StuckTasks.tsx";
import { Timeline } from "./Timeline.tsx";

/** What is due, and what else waits for somebody. */
export function Today() {
  const text = useText();
  const rights = useMay("rights:read");
  const register = useMay("rights:write");
  const requests = useAnswer(TodayRequestsDocument, {}, !rights);
  const connection = requests.data?.rightsRequests;
  const overdue = connection?.edges.filter((edge) => edge.node.overdue).length ?? 0;
  return (
    <>
      <PageHead title={text.today.title} lead={connection ? text.today.lead(connection.totalCount, overdue) : "\u00a0"}>
        {register && !requests.failure ? (
          <ButtonLink href={hrefTo("newRequest")} tone="primary">
            {text.today.register}
          </ButtonLink>
        ) : null}
      </PageHead>
      {rights ? (
        <Section title={text.today.due} aside={<a href={hrefTo("requests")}>{text.today.all}</a>}>
          <Loaded of={requests}>
            {({ rightsRequests }) =>
              rightsRequests.edges.length > 0 ? (
                <Timeline requests={rightsRequests.edges.map((edge) => edge.node)} total={rightsRequests.totalCount} />
              ) : (
                <EmptyState title={text.today.noneDue} body={text.today.noneDueHint} />
              )
            }
          </Loaded>
        </Section>
      ) : null}
      <div class="today-grid">
        {useMay("agreements:read") ? <AgreementState /> : null}
        {useMay("breaches:read") ? <OpenBreaches /> : null}
        {connection ? <StuckTasks requests={connection.edges.map((edge) => edge.node)} /> : null}
      </div>
    </>
  );
}
