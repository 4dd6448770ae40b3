const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const today = {
  title: "I dag",
  lead: (open: number, overdue: number) =>
    open === 0
      ? "Inga begäranden väntar på svar."
      : `${plural(open, "begäran väntar", "begäranden väntar")} på svar${overdue > 0 ? `, ${overdue} för sent` : ""}.`,
  due: "Begäranden som väntar på svar",
  all: "Alla begäranden",
  noneDue: "Inga begäranden väntar",
  noneDueHint: "När någon begär något visas det här, med sista dag för svaret.",
  register: "Registrera en begäran",
  received: "Kom in",
  now: "i dag",
  more: (count: number) => `och ${count} till`,
  agreement: "Avtal",
  inForce: (version: number) => `Version ${version} är i kraft.`,
  inForceSince: "Sedan",
  noAgreement: "Inget avtal är i kraft. Inga personuppgifter behandlas förrän ett är signerat.",
  offered: (version: number) => `Version ${version} väntar på din underskrift.`,
  read: "Läs och signera",
  seeAgreement: "Se avtalet",
  subprocessors: (count: number) => `${plural(count, "underbiträde", "underbiträden")} väntar på ditt besked.`,
  breaches: "Öppna incidenter",
  noBreaches: "Inga incidenter väntar på att läsas.",
  authorityBy: "Anmäl till myndigheten senast",
  hoursLeft: (hours: number) => (hours < 0 ? "tiden har gått ut" : `${plural(hours, "timme", "timmar")} kvar`),
  tasks: "System som inte svarat",
  noTasks: "Inga uppgifter i andra system har misslyckats eller dragit över tiden.",
  forRequest: (reference: string) => `för ${reference}`,
};
