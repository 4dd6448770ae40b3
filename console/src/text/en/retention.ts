import type { RetentionTrigger } from "../../gql/codes.ts";

const after: Record<RetentionTrigger, string> = {
  FISCAL_YEAR_ENDED: "after the calendar year in which the fiscal year ended",
  RELATIONSHIP_ENDED: "after the customer relationship ended",
  SUBJECT_INACTIVE: "after the person was last active",
};

function length(months: number): string {
  if (months === 0) return "At once";
  if (months % 12 === 0) return months === 12 ? "1 year" : `${months / 12} years`;
  return months === 1 ? "1 month" : `${months} months`;
}

export const retention = {
  title: "Retention",
  lead: "How long each kind of data is kept, and what is erased when. Retention runs every night by itself.",
  forecast: "What is erased in the next twelve months",
  forecastHint: "If nothing changes. What a law or a hold keeps is not counted.",
  nothingDue: "Nothing reaches its last day in the next twelve months, if nothing changes.",
  asTable: "As a table",
  month: "Month",
  now: "now",
  toErase: "To be erased",
  nowThrough: (day: string) => `Now (through ${day})`,
  scale: (top: number) => `Full height is ${top}`,
  total: "Total",
  keptBeside: (list: string) =>
    list === "" ? "Nothing is kept on a ground." : `Kept on a ground at the end of the time: ${list}.`,
  rules: "Rules",
  noRules: "No rules are set",
  columns: {
    category: "Data",
    period: "Kept",
    legalBasis: "Legal basis",
    source: "Source",
    change: "Change",
  },
  period: (months: number | null, trigger: RetentionTrigger) =>
    months === null ? `As long as the law demands, ${after[trigger]}` : `${length(months)} ${after[trigger]}`,
  bases: {
    CONSENT: "Consent, Art.\u00a06(1)(a)",
    CONTRACT: "Contract, Art.\u00a06(1)(b)",
    LEGAL_OBLIGATION: "Legal obligation, Art.\u00a06(1)(c)",
    LEGITIMATE_INTERESTS: "Legitimate interests, Art.\u00a06(1)(f)",
    PUBLIC_TASK: "Public task, Art.\u00a06(1)(e)",
    VITAL_INTERESTS: "Vital interests, Art.\u00a06(1)(d)",
  },
  triggers: {
    FISCAL_YEAR_ENDED: "The end of the calendar year in which the fiscal year ended",
    RELATIONSHIP_ENDED: "The end of the customer relationship",
    SUBJECT_INACTIVE: "When the person was last active or changed",
  },
  change: "Change",
  changeOf: (category: string) => `Change the rule for ${category.toLowerCase()}`,
  months: "Months",
  monthsHint: "0 to 1200. 0 means at once.",
  monthsUnclear: "Enter a whole number from 0 to 1200.",
  trigger: "Counted from",
  sourceHint: "The decision or policy that the rule comes from",
  lawAccounting: (months: number) =>
    `The law demands at least ${months} months (seven years) after the end of the calendar year in which the fiscal year ended (bokföringslagen 7 kap. 2 §). Longer is possible, shorter is not.`,
  lawOther:
    "No law fixes the time. Data may not be kept longer than its purpose needs (Art.\u00a05(1)(e)), and you are to be able to say why it needs this.",
  action: "Set the rule",
  set: (category: string) => `The rule for ${category.toLowerCase()} is set.`,
  confirmTitle: "This may erase sooner than before",
  confirm: (category: string, period: string) =>
    `${category} is then kept: ${period.toLowerCase()}. What is past that already is erased by the next run, and cannot be had back.`,
};
