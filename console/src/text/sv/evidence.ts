import type * as Gateway from "../../gql/codes.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const roles: Record<Gateway.ActorRole, string> = {
  DATA_SUBJECT: "Personen själv",
  GATEWAY: "Tjänsten",
  OPERATOR: "Driften",
  STAFF: "Personal",
};

const exportStates: Record<Gateway.TenantExportStatus, string> = {
  EXPIRED: "Förstörd",
  FAILED: "Misslyckad",
  PENDING: "Sammanställs",
  READY: "Klar",
};

const exportHints: Record<Gateway.TenantExportStatus, string> = {
  EXPIRED: "Tiden gick ut, eller så ersattes den. Begär en ny om du behöver den.",
  FAILED: "Den gick inte att göra. Begär en ny; händer det igen, hör av dig till driften.",
  PENDING: "Sidan uppdateras av sig själv när den är klar.",
  READY: "Hämta den innan den förstörs.",
};

const naming: Record<Gateway.AccessLogActors, string> = {
  ROLE: "Bara som personal",
  IDENTIFIER: "Med sin inloggningsidentitet",
};

export const evidence = {
  title: "Bevis",
  lead: "Allt som gjorts med personuppgifterna, av vem och varför, i en logg som ingen kan ändra utan att det syns.",
  reload: "Hämta på nytt",
  allowed: "Tilläts",
  denied: "Nekades",
  roles,
  comparing: "Jämför med det tidigare huvudet",
  checkStates: { good: "Stämmer", bad: "Stämmer inte", unknown: "Inte prövat", working: "Prövas" },
  signature: {
    working: "Prövar signaturen",
    good: "Huvudet är signerat med loggens nyckel.",
    bad: "Signaturen stämmer inte. Spara huvudet och hör av dig till driften.",
    otherKey: "Huvudet är inte signerat med nyckeln som anges. Jämför med en nyckel som du fått på annat sätt.",
    unsupported:
      "Webbläsaren kan inte pröva Ed25519, så signaturen är inte prövad. Hämta beviset och pröva det med privacy-gateway audit verify.",
  },
  head: {
    title: "Loggens huvud",
    again: "Hämta det nyaste",
    unreadable: "Huvudet går inte att läsa.",
    first: "Det första huvudet som den här fliken ser. När loggen växer prövas att den bygger vidare på det.",
    since: {
      same: (_earlier: number, later: number) => `Samma huvud som senast: ${plural(later, "post", "poster")}.`,
      extended: (earlier: number, later: number) =>
        `Loggen bygger vidare på huvudet som sågs senast: ${earlier} poster finns kvar oförändrade, ${later - earlier} har tillkommit.`,
      forked: () => "Loggen har skrivits om sedan senast. Spara huvudet och hör av dig till driften.",
      shrunk: (earlier: number, later: number) =>
        `Loggen har krympt från ${earlier} till ${later} poster. Spara huvudet och hör av dig till driften.`,
      otherLog: () => "Huvudet hör till en annan logg än senast.",
    },
    keyChanged: "Nyckeln är en annan än senast. Den förra har signerat det första huvudet efter ett byte.",
    size: "Antal poster",
    root: "Rot",
    origin: "Logg",
    key: "Loggens nyckel",
    keyHint: "Spara nyckeln och ett huvud någon annanstans. Då kan ingen ändra loggen utan att du ser det.",
    save: "Hämta huvudet",
  },
  kept: {
    title: "Jämför med ett huvud som du sparat",
    note: "Det sparade huvudet",
    hint: "Klistra in hela filen, med signaturen.",
    unreadable: "Det här är inget huvud. Klistra in hela filen: logg, antal, rot, en tom rad och signaturen.",
    compare: "Jämför",
    verdicts: {
      same: () => "Det är samma huvud som loggens nyaste.",
      extended: (earlier: number, later: number) =>
        `Loggen bygger vidare på det sparade huvudet: ${earlier} poster finns kvar oförändrade, ${later - earlier} har tillkommit.`,
      forked: () => "Loggen bygger inte vidare på det sparade huvudet: den har skrivits om.",
      shrunk: (earlier: number, later: number) =>
        `Loggen är kortare än det sparade huvudet: ${later} poster mot ${earlier}.`,
      otherLog: () => "Det sparade huvudet hör till en annan logg.",
    },
  },
  log: "Granskningslogg",
  none: "Inga poster i det här urvalet",
  noneHint: "Ändra urvalet. En begäran som hade fel form finns inte i loggen.",
  showAll: "Visa alla",
  columns: {
    when: "När",
    what: "Vad",
    who: "Vem",
    purpose: "Ändamål",
    categories: "Uppgifter",
    people: "Personer",
    forWhat: "Varför och vad",
    index: "Nummer",
  },
  filters: {
    from: "Från och med",
    until: "Till och med",
    action: "Vad som gjordes",
    anyAction: "Allt",
    outcome: "Utfall",
    outcomes: { any: "Alla", denied: "Bara nekade", allowed: "Bara tillåtna" },
    actor: "Vem",
    actorHint: "Som loggen nämner den",
    subject: "Vilken person",
    subjectHint: "Identitet, subject_…",
    apply: "Sök",
    clear: "Rensa",
  },
  entry: {
    title: "Post i loggen",
    notFound: "Posten finns inte",
    notFoundHint: "Den kan höra till en annan organisation, eller så är adressen felskriven.",
    what: "Vad som hände",
    code: "Kod",
    requestId: "Anropets nummer",
    waiting: "Posten väntar på sin plats i loggen",
    waitingHint: "Det tar några sekunder. Hämta sedan på nytt.",
    proof: "Bevis att posten finns i loggen",
    proofHint:
      "Webbläsaren räknar själv från postens innehåll till loggens signerade huvud. Stämmer det har varken posten eller dess plats ändrats.",
    check: "Pröva beviset",
    save: "Hämta beviset",
    unreadable: "Beviset går inte att läsa.",
    bytes: "Postens innehåll",
    bytesHint: "Precis de tecken som beviset gäller: koder och slumpmässiga identiteter, inga uppgifter.",
  },
  steps: {
    holds: "Beviset håller.",
    holdsWhy: (index: number, size: number) => `Posten är nummer ${index} av ${size} i loggen, oförändrad.`,
    fails: "Beviset håller inte.",
    failsWhy: "Hämta beviset och hör av dig till driften.",
    sameEntry: "Beviset gäller den post som visas.",
    otherEntry: "Beviset gäller en annan post än den som visas.",
    leaf: "Postens kontrollsumma är uträknad:",
    included: (size: number) => `Därifrån leder beviset till roten av loggens ${size} poster.`,
    notIncluded: (size: number) => `Därifrån leder beviset inte till roten av loggens ${size} poster.`,
  },
  naming: {
    title: "När en person läser vem som sett uppgifterna",
    hint: "Personen har rätt att se när och varför uppgifterna lästs. Vem i personalen det var ska bara anges när personen behöver det för att tillvarata sina rättigheter (C-579/21). Valet gäller även äldre poster.",
    label: "Så nämns personal",
    ways: naming,
    done: "Valet är sparat.",
  },
  whole: {
    title: "Allt som organisationen har",
    hint: "En ZIP-fil med alla uppgifter, avtal och hela loggen, i öppna format. Den innehåller personuppgifter: förvara den därefter.",
    none: "Ingen sammanställning är gjord.",
    request: "Begär sammanställning",
    anew: "Gör en ny",
    anewHint: "Den nya ersätter den som finns.",
    requested: "Sammanställningen görs.",
    states: exportStates,
    stateHints: exportHints,
    requestedAt: "Begärd",
    readyAt: "Klar",
    expiresAt: "Förstörs",
    size: "Storlek",
    sha256: "SHA-256",
    downloads: "Hämtad, antal gånger",
    download: "Hämta filen",
    linkFailed: "Filen går inte att hämta just nu. Försök igen, eller begär en ny.",
  },
};
