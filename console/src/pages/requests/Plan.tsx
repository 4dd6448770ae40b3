import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { type OutcomeFragment, RequestPlanDocument } from "../../gql/graphql.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Table } from "../../parts/Table.tsx";
import { Day } from "../../parts/When.tsx";
import { useOutcomeName } from "./Outcomes.tsx";
import type { WholeRequest } from "./steps.ts";

/** What an erasure would do today, and what it would have to keep, and why. */
export function Plan({ id, categories }: { id: string; categories: WholeRequest["erasureCategories"] }) {
  const text = useText();
  const words = text.requests.plan;
  const answer = useAnswer(RequestPlanDocument, { id, categories });
  return (
    <Section title={words.title}>
      <p class="soft">{words.lead}</p>
      {categories ? <p>{words.only(categories.map((code) => text.codes.category[code]).join(", "))}</p> : null}
      <Loaded of={answer}>
        {({ rightsRequest }) =>
          rightsRequest ? (
            <>
              <PlanTable outcomes={rightsRequest.subject.erasurePlan.outcomes} />
              <p class="plan-digest">
                {words.digest}: <code>{rightsRequest.subject.erasurePlan.sha256.slice(0, 16)}…</code>{" "}
                <CopyButton value={rightsRequest.subject.erasurePlan.sha256} of={words.digest} />
              </p>
            </>
          ) : null
        }
      </Loaded>
    </Section>
  );
}

/** What goes, in a line; what stays, with its ground and last day. */
export function PlanTable({ outcomes }: { outcomes: readonly OutcomeFragment[] }) {
  const text = useText();
  const words = text.requests.plan;
  const nameOf = useOutcomeName();
  const names = (action: string) =>
    outcomes
      .filter((outcome) => outcome.action === action)
      .map(nameOf)
      .join(", ");
  const kept = outcomes.filter((outcome) => outcome.action === "RETAINED");
  return (
    <div class="plan">
      <dl class="plan-lines">
        <div class="plan-erased">
          <dt>{words.erased}</dt>
          <dd>{names("ERASED") || text.parts.none}</dd>
        </div>
        <div>
          <dt>{words.nothing}</dt>
          <dd class="soft">{names("NOTHING_HELD") || text.parts.none}</dd>
        </div>
      </dl>
      <h3>{words.kept}</h3>
      {kept.length === 0 ? (
        <p>{words.everything}</p>
      ) : (
        <Table
          caption={words.kept}
          rows={kept}
          keyOf={(outcome) => `${outcome.category}${outcome.accountingRecord?.id ?? ""}`}
          columns={[
            { name: words.category, heads: true, cell: nameOf },
            {
              name: words.why,
              cell: (outcome) => (outcome.retentionGround ? text.codes.retentionGround[outcome.retentionGround] : "–"),
            },
            {
              name: words.through,
              cell: (outcome) => (outcome.retainedThrough ? <Day on={outcome.retainedThrough} /> : words.open),
            },
          ]}
        />
      )}
    </div>
  );
}
