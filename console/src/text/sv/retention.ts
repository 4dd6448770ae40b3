import type * as Gateway from "../../gql/codes.ts";

const bases: Record<Gateway.LegalBasis, string> = {
  CONSENT: "Samtycke, art.\u00a06.1 a",
  CONTRACT: "Avtal, art.\u00a06.1 b",
  LEGAL_OBLIGATION: "Rättslig förpliktelse, art.\u00a06.1 c",
  LEGITIMATE_INTERESTS: "Intresseavvägning, art.\u00a06.1 f",
  PUBLIC_TASK: "Allmänt intresse, art.\u00a06.1 e",
  VITAL_INTERESTS: "Grundläggande intresse, art.\u00a06.1 d",
};

const triggers: Record<Gateway.RetentionTrigger, string> = {
  FISCAL_YEAR_ENDED: "Utgången av det kalenderår då räkenskapsåret avslutades",
  RELATIONSHIP_ENDED: "Att kundförhållandet upphörde",
  SUBJECT_INACTIVE: "Att personen senast var aktiv eller ändrades",
};

const after: Record<Gateway.RetentionTrigger, string> = {
  FISCAL_YEAR_ENDED: "efter det kalenderår då räkenskapsåret avslutades",
  RELATIONSHIP_ENDED: "efter att kundförhållandet upphört",
  SUBJECT_INACTIVE: "efter att personen senast var aktiv",
};

function length(months: number): string {
  if (months === 0) return "Genast";
  if (months % 12 === 0) return `${months / 12} år`;
  return months === 1 ? "1 månad" : `${months} månader`;
}

export const retention = {
  title: "Gallring",
  lead: "Hur länge varje slags uppgift sparas, och vad som raderas när. Gallringen går varje natt av sig själv.",
  forecast: "Vad som raderas de närmaste tolv månaderna",
  forecastHint: "Om inget ändras. Det som en lag eller ett undantag håller kvar är inte medräknat.",
  nothingDue: "Inget når sin sista dag under de närmaste tolv månaderna, om inget ändras.",
  asTable: "Som tabell",
  month: "Månad",
  now: "nu",
  toErase: "Raderas",
  nowThrough: (day: string) => `Nu (till ${day})`,
  scale: (top: number) => `Full höjd är ${top}`,
  total: "Totalt",
  keptBeside: (list: string) =>
    list === "" ? "Inget hålls kvar på någon grund." : `Hålls kvar på en grund vid slutet av tiden: ${list}.`,
  rules: "Regler",
  noRules: "Inga regler är satta",
  columns: {
    category: "Uppgift",
    period: "Sparas",
    legalBasis: "Rättslig grund",
    source: "Källa",
    change: "Ändra",
  },
  period: (months: number | null, trigger: Gateway.RetentionTrigger) =>
    months === null ? `Så länge lagen kräver, ${after[trigger]}` : `${length(months)} ${after[trigger]}`,
  bases,
  triggers,
  change: "Ändra",
  changeOf: (category: string) => `Ändra regeln för ${category.toLowerCase()}`,
  months: "Månader",
  monthsHint: "0 till 1200. 0 betyder genast.",
  monthsUnclear: "Skriv ett helt tal från 0 till 1200.",
  trigger: "Räknat från",
  sourceHint: "Beslutet eller policyn som regeln kommer av",
  lawAccounting: (months: number) =>
    `Lagen kräver minst ${months} månader (sju år) efter utgången av det kalenderår då räkenskapsåret avslutades (bokföringslagen 7 kap. 2 §). Längre går bra, kortare inte.`,
  lawOther:
    "Ingen lag fastställer tiden. Uppgifter får inte sparas längre än ändamålet kräver (art.\u00a05.1 e), och ni ska kunna förklara varför den här tiden behövs.",
  action: "Sätt regeln",
  set: (category: string) => `Regeln för ${category.toLowerCase()} är satt.`,
  confirmTitle: "Det här kan radera tidigare än förut",
  confirm: (category: string, period: string) =>
    `${category} sparas då: ${period.toLowerCase()}. Det som redan passerat den tiden raderas vid nästa gallring och kan inte tas tillbaka.`,
};
