import type { SystemsQuery, SystemTasksQuery } from "../../gql/graphql.ts";

export type System = SystemsQuery["downstreamSystems"][number];

type Request = SystemTasksQuery["rightsRequests"]["edges"][number]["node"];

/** A task of a system, with the request that it is for. */
export interface OpenTask {
  readonly request: Pick<Request, "id" | "reference" | "kind">;
  readonly task: Request["downstreamTasks"][number];
}

/** What has not ended, of all systems, the most urgent first. */
export function openTasks(requests: readonly Request[]): readonly OpenTask[] {
  return requests
    .flatMap((request) => request.downstreamTasks.map((task) => ({ request, task })))
    .filter(({ task }) => !task.endedAt && task.status !== "ACKNOWLEDGED")
    .sort((a, b) => a.task.dueAt.localeCompare(b.task.dueAt));
}

/** How a system does: what needs a person comes before what the gateway goes on with by itself. */
export type Health = "unreachable" | "overdue" | "failing" | "byHand" | "well";

/** The worst of what is known about a system. */
export function healthOf(
  system: Pick<System, "id" | "connector" | "circuit" | "auditDelivery">,
  tasks: readonly OpenTask[],
): Health {
  const own = tasks.filter(({ task }) => task.system.id === system.id);
  if (system.circuit?.open) return "unreachable";
  if (own.some(({ task }) => task.overdue || task.status === "FAILED")) return "overdue";
  if (system.circuit || system.auditDelivery?.failingSince) return "failing";
  return system.connector === "MANUAL" ? "byHand" : "well";
}
