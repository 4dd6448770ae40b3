import "../../parts/typed.css";
import type { Answer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import type { DownstreamTaskStatus, SystemTasksQuery } from "../../gql/graphql.ts";
import { Badge, type BadgeTone } from "../../parts/Badge.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { Deadline, TimeLeft } from "../../parts/When.tsx";
import type { OpenTask } from "./health.ts";

const tones: Record<DownstreamTaskStatus, BadgeTone> = {
  ACKNOWLEDGED: "good",
  DELIVERED: "info",
  FAILED: "danger",
  PENDING: "quiet",
};

/** What systems have not confirmed yet, of all requests that are being carried out. */
export function TaskList({ tasks, of }: { tasks: readonly OpenTask[]; of: Answer<SystemTasksQuery> }) {
  const { systems: words, codes } = useText();
  const columns: Column<OpenTask>[] = [
    { name: words.columns.system, heads: true, cell: ({ task }) => <span class="typed">{task.system.name}</span> },
    {
      name: words.columns.request,
      cell: ({ request }) => (
        <a href={hrefTo("request", request.id)}>
          {codes.requestKind[request.kind]} {request.reference}
        </a>
      ),
    },
    {
      name: words.columns.status,
      cell: ({ task }) => (
        <>
          <Badge tone={tones[task.status]}>{codes.taskStatus[task.status]}</Badge>
          {task.lastError ? <p class="soft system-error">{task.lastError}</p> : null}
        </>
      ),
    },
    { name: words.columns.attempts, numeric: true, cell: ({ task }) => String(task.attempts) },
    {
      name: words.columns.due,
      cell: ({ task }) => (
        <>
          <Deadline at={task.dueAt} /> <TimeLeft until={task.dueAt} overdue={task.overdue} />
        </>
      ),
    },
  ];
  return (
    <Section title={words.tasks}>
      <Loaded of={of}>
        {() =>
          tasks.length > 0 ? (
            <>
              <p class="soft">{words.tasksHint}</p>
              <Table caption={words.tasks} columns={columns} rows={tasks} keyOf={({ task }) => task.id} />
            </>
          ) : (
            <p class="soft">{words.noTasks}</p>
          )
        }
      </Loaded>
    </Section>
  );
}
