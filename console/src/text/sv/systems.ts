import type * as Gateway from "../../gql/codes.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const connectors: Record<Gateway.SystemConnector, string> = {
  SIGNED_WEBHOOK: "Signerade meddelanden",
  OPENDSR: "OpenDSR 2.0",
  MANUAL: "För hand",
};

const connectorHints: Record<Gateway.SystemConnector, string> = {
  SIGNED_WEBHOOK: "Varje meddelande skickas till systemet och är signerat enligt Standard Webhooks.",
  OPENDSR: "Begäranden lämnas vidare till systemets gränssnitt enligt OpenDSR.",
  MANUAL: "Inget skickas. Någon gör det som ska göras i systemet och kvitterar uppgiften här.",
};

const endpointHints: Record<Gateway.SystemConnector, string> = {
  SIGNED_WEBHOOK: "Dit meddelandena skickas. Adressen börjar med https:// och nås från internet.",
  OPENDSR: "Roten till systemets gränssnitt. Adressen börjar med https:// och nås från internet.",
  MANUAL: "Sidan där någon gör det som ska göras. Den får ligga i ert eget nät.",
};

const messages: Record<Gateway.DownstreamMessage, string> = {
  RIGHTS_REQUEST_TASK: "Uppgifter att utföra (art.\u00a019)",
  AUDIT_CHECKPOINT: "Granskningsloggens huvuden",
};

const knows: Record<Gateway.SubjectIdentifier, string> = {
  EXTERNAL_REFERENCE: "Er referens",
  EMAIL: "E-post",
  PHONE: "Telefon",
  LOGIN_NAME: "Inloggningsnamn",
  SUBJECT_ID: "Identitet i tjänsten",
};

export const systems = {
  title: "System",
  lead: "Andra system som har samma personers uppgifter. De får veta vad som begärts, gör sin del och kvitterar den.",
  register: "Registrera ett system",
  registerAction: "Registrera",
  registered: "Systemet är registrerat. Uppgifter för det kvitteras för hand.",
  none: "Inga system är registrerade",
  noneHint: "Registrera varje system som har personuppgifter, så att en rättelse eller radering görs även där.",
  health: {
    unreachable: "Nås inte",
    overdue: "Har inte svarat",
    failing: "Störningar",
    byHand: "Sköts för hand",
    well: "Fungerar",
  },
  circuitOpen: "Systemet nås inte.",
  circuitFailing: (failures: number) => `${plural(failures, "leverans", "leveranser")} har misslyckats.`,
  since: "Sedan",
  nextAttempt: "Nästa försök",
  lastError: (error: string) => `Senaste felet: ${error}`,
  connector: "Nås genom",
  connectors,
  connectorHints,
  name: "Namn",
  endpoint: "Adress",
  page: "Sida",
  endpointHints,
  receives: "Får",
  messages,
  categories: "Har uppgifterna",
  categoriesHint: "Systemet får veta när något av detta ska rättas, raderas eller lämnas ut.",
  identifiers: "Känner personer genom",
  identifiersHint: "Inte mer än systemet behöver för att hitta personen.",
  knows,
  openTasks: "Öppna uppgifter",
  heads: "Loggens huvuden",
  confirmed: (size: number) => `Har bekräftat loggens första ${plural(size, "post", "poster")}.`,
  noneConfirmed: "Har inte bekräftat något huvud än.",
  headsFailing: "Leveranserna misslyckas sedan",
  createdAt: "Registrerat",
  rotate: "Byt hemlighet",
  rotateOf: (name: string) => `Byt hemlighet för ${name}`,
  rotateHint: "En ny hemlighet görs och visas en gång. Den gamla gäller i 24 timmar till, så att systemet hinner byta.",
  remove: "Ta bort",
  removeOf: (name: string) => `Ta bort ${name}`,
  removeHint:
    "Inget mer skickas till systemet, hemligheterna förstörs och öppna uppgifter avslutas som misslyckade. Det kan inte ångras; systemet kan bara registreras på nytt. Så byter du också adress.",
  removed: (name: string) => `${name} är borttaget.`,
  secret: "hemligheten",
  secretOf: (name: string) => `Hemligheten för ${name}`,
  secretOnce: "Den visas bara nu. Spara den där systemet läser sina hemligheter; går den förlorad, byt till en ny.",
  secretSigns: "Systemet prövar med den att meddelanden kommer härifrån, och signerar sina kvittenser med den.",
  secretBearer: "Systemet släpper in anrop som bär den.",
  secretKept: "Jag har sparat den",
  tasks: "Uppgifter som väntar på ett system",
  tasksHint: "Det som görs för hand kvitteras på begärans sida.",
  noTasks: "Inget system har något kvar att göra.",
  columns: { system: "System", request: "Begäran", status: "Läge", attempts: "Försök", due: "Sista dag" },
};
