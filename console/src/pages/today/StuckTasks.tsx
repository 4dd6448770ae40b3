import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Section } from "../../parts/Section.tsx";
import type { OpenRequest } from "./Timeline.tsx";

/** Tasks of systems outside that failed, or whose time has passed. */
export function StuckTasks({ requests }: { requests: readonly OpenRequest[] }) {
  const text = useText();
  const stuck = requests.flatMap((request) =>
    request.downstreamTasks
      .filter((task) => task.status === "FAILED" || task.overdue)
      .map((task) => ({ request, task })),
  );
  return (
    <Section title={text.today.tasks}>
      {stuck.length === 0 ? <p class="soft">{text.today.noTasks}</p> : null}
      <ul class="today-list">
        {stuck.map(({ request, task }) => (
          <li key={task.id}>
            <a href={hrefTo("request", request.id)}>
              {task.system.name} {text.today.forRequest(request.reference)}
            </a>{" "}
            <Badge tone="danger">{text.codes.taskStatus[task.status]}</Badge>
            {task.lastError ? <p class="soft">{task.lastError}</p> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
