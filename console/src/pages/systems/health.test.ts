import { expect, test } from "vitest";
import { healthOf, type OpenTask, openTasks, type System } from "./health.ts";

type Facts = Pick<System, "id" | "connector" | "circuit" | "auditDelivery">;
const well: Facts = { id: "system_1", connector: "SIGNED_WEBHOOK", circuit: null, auditDelivery: null };
const circuit = {
  failingSince: "2026-11-01T00:00:00Z",
  failures: 1,
  lastError: "503",
  nextAttemptAt: null,
  open: false,
};

const task = (of: Partial<OpenTask["task"]>): OpenTask["task"] => ({
  id: "task_1",
  status: "DELIVERED",
  overdue: false,
  dueAt: "2026-12-01T00:00:00Z",
  endedAt: null,
  attempts: 1,
  lastError: null,
  system: { id: "system_1", name: "CRM" },
  ...of,
});
const request = { id: "request_1", reference: "RR-2026-000001", kind: "ERASURE" as const };

test("a system is as well as the worst that is known of it", () => {
  const late = [{ request, task: task({ overdue: true }) }];
  expect(healthOf(well, [])).toBe("well");
  expect(healthOf({ ...well, connector: "MANUAL" }, [])).toBe("byHand");
  expect(healthOf({ ...well, circuit }, [])).toBe("failing");
  expect(healthOf({ ...well, circuit }, late)).toBe("overdue");
  expect(healthOf({ ...well, circuit: { ...circuit, open: true } }, late)).toBe("unreachable");
});

test("what another system has not done says nothing of this one", () => {
  const others = [{ request, task: task({ status: "FAILED", system: { id: "system_2", name: "Shop" } }) }];
  expect(healthOf(well, others)).toBe("well");
});

test("what was confirmed or has ended is open no more, and the most urgent comes first", () => {
  const downstreamTasks = [
    task({ id: "a", dueAt: "2026-12-09T00:00:00Z" }),
    task({ id: "b", status: "ACKNOWLEDGED" }),
    task({ id: "c", status: "FAILED", endedAt: "2026-11-20T00:00:00Z" }),
    task({ id: "d", dueAt: "2026-12-02T00:00:00Z" }),
  ];
  expect(openTasks([{ ...request, downstreamTasks }]).map((open) => open.task.id)).toEqual(["d", "a"]);
});
