import type { DataCategory, RetentionTrigger } from "../../gql/graphql.ts";

/** The least that a law demands of a category. */
export interface LegalMinimum {
  readonly months: number;
  readonly trigger: RetentionTrigger;
}

/** Seven years after the end of the calendar year in which the fiscal year ended (bokföringslagen 7 kap. 2 §). */
const bookkeeping: LegalMinimum = { months: 84, trigger: "FISCAL_YEAR_ENDED" };

/** What the law demands of the category; null where it leaves the period to the controller. */
export function legalMinimum(category: DataCategory): LegalMinimum | null {
  return category === "ACCOUNTING" ? bookkeeping : null;
}

interface Period {
  readonly months: number | null;
  readonly trigger: RetentionTrigger;
}

/** Whether something may be erased sooner by the new period than by the old: then the next run cannot be undone. */
export function mayEraseSooner(before: Period, after: Period): boolean {
  return before.trigger !== after.trigger || (before.months ?? Number.POSITIVE_INFINITY) > (after.months ?? 0);
}
