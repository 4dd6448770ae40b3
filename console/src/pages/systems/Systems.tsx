import "./systems.css";
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { useMay } from "../../app/session.tsx";
import { SystemsDocument, SystemTasksDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { useToast } from "../../parts/Toasts.tsx";
import { openTasks } from "./health.ts";
import { RegisterDialog } from "./RegisterDialog.tsx";
import { type Secret, SecretDialog } from "./SecretDialog.tsx";
import { SystemCard } from "./SystemCard.tsx";
import { TaskList } from "./TaskList.tsx";

/** The systems outside that hold personal data too, or keep the log's heads. */
export function Systems() {
  const { systems: words } = useText();
  const say = useToast();
  const rights = useMay("rights:read");
  const mayWrite = useMay("systems:write");
  const answer = useAnswer(SystemsDocument, {});
  const requests = useAnswer(SystemTasksDocument, {}, !rights);
  const [registering, setRegistering] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const tasks = openTasks(requests.data?.rightsRequests.edges.map((edge) => edge.node) ?? []);
  const made = (told: Secret | null) => {
    setRegistering(false);
    if (told) setSecret(told);
    else say(words.registered);
    answer.reload();
  };
  const register = mayWrite ? (
    <Button tone="primary" onClick={() => setRegistering(true)}>
      <Icon name="plus" />
      {words.register}
    </Button>
  ) : null;
  return (
    <>
      <PageHead title={words.title} lead={words.lead}>
        {answer.data?.downstreamSystems.length ? register : null}
      </PageHead>
      <Loaded of={answer}>
        {({ downstreamSystems }) =>
          downstreamSystems.length > 0 ? (
            <div class="systems">
              {downstreamSystems.map((system) => (
                <SystemCard
                  key={system.id}
                  system={system}
                  tasks={tasks}
                  mayWrite={mayWrite}
                  onSecret={setSecret}
                  reload={answer.reload}
                />
              ))}
            </div>
          ) : (
            <EmptyState title={words.none} body={words.noneHint}>
              {register}
            </EmptyState>
          )
        }
      </Loaded>
      {rights ? <TaskList tasks={tasks} of={requests} /> : null}
      {registering ? <RegisterDialog onMade={made} onClose={() => setRegistering(false)} /> : null}
      {secret ? <SecretDialog secret={secret} onClose={() => setSecret(null)} /> : null}
    </>
  );
}
