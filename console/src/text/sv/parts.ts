const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const waiting = (seconds: number) =>
  seconds < 120 ? plural(seconds, "sekund", "sekunder") : plural(Math.ceil(seconds / 60), "minut", "minuter");

export const parts = {
  tryAgain: "Försök igen",
  close: "Stäng",
  cancel: "Avbryt",
  save: "Spara",
  loading: "Hämtar",
  optional: "(valfritt)",
  copy: (of: string) => `Kopiera ${of}`,
  copied: (of: string) => `Kopierade ${of}`,
  notCopied: "Det gick inte att kopiera. Markera texten och kopiera den själv.",
  show: "Visa",
  shownIsRecorded: "Att du läser detta förs in i granskningsloggen.",
  pages: "Bläddra",
  previousPage: "Föregående",
  nextPage: "Nästa",
  page: (number: number) => `Sida ${number}`,
  typeToConfirm: (word: string) => `Skriv ${word} för att bekräfta`,
  typedOtherwise: (word: string) => `Skriv precis ${word}.`,
  download: "Ladda ned",
  print: "Skriv ut",
  none: "Inga",
  notGiven: "Ej angivet",
  swedishTime: (words: string) => `${words}, svensk tid`,
  inYourTime: (words: string) => `(${words} din tid)`,
  daysLeft: (days: number) =>
    days < 0
      ? `${plural(-days, "dag", "dagar")} för sent`
      : days === 0
        ? "sista dagen i dag"
        : `${plural(days, "dag", "dagar")} kvar`,
  failures: {
    network: {
      title: "Ingen kontakt med tjänsten",
      body: "Kontrollera nätet. Sidan hämtas igen så snart det är tillbaka.",
    },
    forbidden: {
      title: "Din roll får inte se det här",
      body: (scopes: string) => `Be den som sköter behörigheter i din organisation om: ${scopes}.`,
    },
    agreement: {
      title: "Inget avtal gäller",
      body: "Utan ett personuppgiftsbiträdesavtal i kraft behandlas inga personuppgifter. Läs och signera det som erbjuds.",
      action: "Till avtalet",
    },
    notServed: {
      title: "Organisationen är på väg att lämna tjänsten",
      body: "Det här görs inte längre. Vad som ännu går finns under Avtal.",
    },
    busy: {
      title: "Tjänsten har mycket att göra",
      budgets: {
        requestsPerMinute: "Du har frågat för ofta",
        costPerMinuteOfToken: "Du har hämtat för mycket på kort tid",
        costPerMinuteOfTenant: "Organisationen har hämtat för mycket på kort tid",
        subjectsPerHour: "Du har läst om fler personer än en timme medger",
      },
      body: (seconds: number) => `Vänta ${waiting(seconds)} och försök igen. Det du har skrivit står kvar.`,
    },
    signedOut: {
      title: "Sessionen är slut",
      body: "Logga in igen.",
    },
    tooMuch: {
      title: "Det blir för mycket på en gång",
      body: "Välj ett mindre urval, till exempel färre dagar.",
    },
    outdated: {
      title: "Konsolen har uppdaterats",
      body: "Hämta den nya versionen. Kopiera först det du har skrivit.",
      action: "Hämta ny version",
    },
    input: {
      title: "Något i det du angav går inte att använda",
    },
    other: {
      title: "Något gick fel hos oss",
      body: (message: string, requestId: string) => `${message} Försök igen; händer det på nytt, uppge ${requestId}.`,
    },
  },
};
