import { useText } from "../../app/preferences.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Notice } from "../../parts/Notice.tsx";
import { When } from "../../parts/When.tsx";
import type { OpenTask, System } from "./health.ts";

/** What is known of a system, and what is wrong with it. */
export function SystemFacts({ system, tasks }: { system: System; tasks: readonly OpenTask[] }) {
  const { systems: words, codes, parts } = useText();
  const { circuit, auditDelivery } = system;
  const open = tasks.filter(({ task }) => task.system.id === system.id).length;
  const list = (names: readonly string[]) => names.join(", ") || parts.none;
  return (
    <>
      {circuit ? (
        <Notice tone={circuit.open ? "danger" : "warning"}>
          <p>
            <strong>{circuit.open ? words.circuitOpen : words.circuitFailing(circuit.failures)}</strong> {words.since}{" "}
            <When at={circuit.failingSince} />.
            {circuit.nextAttemptAt ? (
              <>
                {" "}
                {words.nextAttempt} <When at={circuit.nextAttemptAt} />.
              </>
            ) : null}
          </p>
          {circuit.lastError ? <p>{words.lastError(circuit.lastError)}</p> : null}
        </Notice>
      ) : null}
      <Facts
        of={[
          [words.connector, words.connectors[system.connector]],
          [
            system.connector === "MANUAL" ? words.page : words.endpoint,
            <span key="endpoint">
              {system.endpoint} <CopyButton value={system.endpoint} of={words.endpoint} />
            </span>,
          ],
          [words.receives, list(system.receives.map((one) => words.messages[one]))],
          [words.categories, list(system.dataCategories.map((one) => codes.category[one]))],
          [words.identifiers, list(system.identifiers.map((one) => words.knows[one]))],
          [words.openTasks, open > 0 ? String(open) : parts.none],
          [
            words.heads,
            auditDelivery ? (
              <span key="heads">
                {auditDelivery.treeSize ? words.confirmed(auditDelivery.treeSize) : words.noneConfirmed}
                {auditDelivery.failingSince ? (
                  <>
                    {" "}
                    {words.headsFailing} <When at={auditDelivery.failingSince} />.{" "}
                    {auditDelivery.lastError ? words.lastError(auditDelivery.lastError) : ""}
                  </>
                ) : null}
              </span>
            ) : null,
          ],
          [words.createdAt, <When key="at" at={system.createdAt} />],
        ]}
      />
    </>
  );
}
