import type * as Gateway from "../../gql/codes.ts";

/** Words for a closed vocabulary of the schema: a code without a word does not compile. */
type Words<Code extends string> = Record<Code, string>;

const requestKind: Words<Gateway.RightsRequestKind> = {
  ACCESS: "Registerutdrag",
  CONSENT_WITHDRAWAL: "Återkallat samtycke",
  ERASURE: "Radering",
  OBJECTION: "Invändning",
  PORTABILITY: "Dataportabilitet",
  RECTIFICATION: "Rättelse",
  RESTRICTION: "Begränsning",
};

const requestStatus: Words<Gateway.RightsRequestStatus> = {
  AWAITING_IDENTITY: "Väntar på identitet",
  COMPLETED: "Klar",
  IN_PROGRESS: "Utförs",
  PARTIALLY_COMPLETED: "Delvis utförd",
  RECEIVED: "Mottagen",
  REFUSED: "Avslagen",
  UNDER_REVIEW: "Väntar på beslut",
  WITHDRAWN: "Återtagen",
};

const channel: Words<Gateway.RequestChannel> = {
  API: "Annat system",
  EMAIL: "E-post",
  LETTER: "Brev",
  PHONE: "Telefon",
  SELF_SERVICE: "Egen inloggning",
};

const category: Words<Gateway.DataCategory> = {
  ACCOUNTING: "Bokföringsinformation",
  ADDRESS: "Adress",
  EMAIL: "E-postadress",
  LOGIN_NAME: "Inloggningsnamn",
  NAME: "Namn",
  PASSWORD: "Lösenord",
  PHONE: "Telefon",
  POSITION: "Befattning",
};

const purpose: Words<Gateway.Purpose> = {
  BOOKKEEPING: "Bokföring",
  DIRECT_MARKETING: "Direktmarknadsföring",
  LEGAL_CLAIMS: "Rättsliga anspråk",
  RIGHTS_HANDLING: "Hantering av rättigheter",
  SERVICE_DELIVERY: "Leverans av tjänsten",
};

const outcomeDone: Words<Gateway.OutcomeAction> = {
  DISCLOSED: "Utlämnat",
  ERASED: "Raderat",
  NOTHING_HELD: "Inget fanns",
  PURPOSE_ENDED: "Ändamålet avslutat",
  RECTIFIED: "Rättat",
  RESTRICTED: "Begränsat",
  RETAINED: "Behålls",
};

const recordKind: Words<Gateway.AccountingRecordKind> = { CONTRACT: "Avtal", INVOICE: "Faktura", QUOTE: "Offert" };

const retentionGround: Words<Gateway.RetentionGround> = {
  BOOKKEEPING_ACT: "Bokföringslagen 7 kap. 2 §",
  CONTRACT_PERFORMANCE: "Behövs för ett avtal, art.\u00a017.1 a",
  COURT_OR_AUTHORITY_ORDER: "Beslut av domstol eller myndighet, art.\u00a017.3",
  LEGAL_CLAIMS: "Rättsliga anspråk, art.\u00a017.3 e",
  LEGITIMATE_INTERESTS: "Intresseavvägning, art.\u00a021.1",
  OTHER_LEGAL_OBLIGATION: "Annan lag, art.\u00a017.3 b",
};

const restrictionGround: Words<Gateway.RestrictionGround> = {
  ACCURACY_CONTESTED: "Riktigheten bestrids, art.\u00a018.1 a",
  LEGAL_CLAIM: "Personen behöver uppgifterna för ett anspråk, art.\u00a018.1 c",
  OBJECTION_PENDING: "En invändning prövas, art.\u00a018.1 d",
  UNLAWFUL_PROCESSING: "Olaglig behandling, personen vill inte radera, art.\u00a018.1 b",
};

const refusalGround: Words<Gateway.RefusalGround> = {
  COMPELLING_GROUNDS: "Tvingande berättigade skäl väger tyngre, art.\u00a021.1",
  CONDITIONS_NOT_MET: "Artikelns villkor är inte uppfyllda",
  EXCESSIVE: "Orimlig, särskilt upprepad, art.\u00a012.5",
  EXEMPT: "Alla uppgifter är undantagna, art.\u00a017.3 eller svensk lag",
  IDENTITY_NOT_VERIFIED: "Identiteten kunde inte bekräftas, art.\u00a012.2 och 12.6",
  MANIFESTLY_UNFOUNDED: "Uppenbart ogrundad, art.\u00a012.5",
  RIGHTS_OF_OTHERS: "Det skulle skada andras rättigheter, art.\u00a015.4 och 20.4",
};

const extensionGround: Words<Gateway.ExtensionGround> = {
  COMPLEXITY: "Begäran är komplicerad",
  NUMBER_OF_REQUESTS: "Antalet begäranden",
};

const identification: Words<Gateway.IdentityVerificationMethod> = {
  AUTHENTICATED_SESSION: "Personens egen inloggning",
  CONTACT_CONFIRMATION: "Svar på meddelande till kända kontaktuppgifter",
  DOCUMENT_SHOWN: "Identitetshandling visades (ingen kopia sparas)",
  ELECTRONIC_ID: "BankID eller annan e-legitimation",
};

const fault: Words<Gateway.RectificationFault> = {
  INCOMPLETE: "Ofullständig",
  INCORRECT: "Felaktig",
  MISLEADING: "Missvisande",
};

const subjectStatus: Words<Gateway.SubjectStatus> = {
  ACTIVE: "Aktiv",
  ERASED: "Raderad",
  PARTIALLY_ERASED: "Delvis raderad",
  RESTRICTED: "Begränsad",
};

const taskStatus: Words<Gateway.DownstreamTaskStatus> = {
  ACKNOWLEDGED: "Kvitterad",
  DELIVERED: "Levererad",
  FAILED: "Misslyckad",
  PENDING: "Väntar",
};

const agreementStatus: Words<Gateway.AgreementStatus> = {
  IN_FORCE: "I kraft",
  OFFERED: "Erbjudet",
  SUPERSEDED: "Ersatt",
  TERMINATED: "Avslutat",
};

const tenantStatus: Words<Gateway.TenantStatus> = {
  ACTIVE: "Aktiv",
  CLOSED: "Avslutad",
  OFFBOARDING: "På väg att lämna",
  ONBOARDING: "Utan avtal",
};

const standing: Words<Gateway.SubprocessorStanding> = {
  ANNOUNCED: "Aviserat, du kan invända",
  AUTHORISED: "Godkänt",
  AWAITING_AUTHORISATION: "Väntar på ditt godkännande",
  ENDED: "Avslutat",
  NOT_CONCERNED: "Rör inte avtalet",
  OBJECTED_TO: "Du har invänt",
};

const transfer: Words<Gateway.TransferMechanism> = {
  ADEQUACY: "Beslut om adekvat skyddsnivå, art.\u00a045",
  BINDING_CORPORATE_RULES: "Bindande företagsregler, art.\u00a047",
  EEA: "Inom EU/EES",
  STANDARD_CONTRACTUAL_CLAUSES: "Standardavtalsklausuler, art.\u00a046.2 c",
};

const instruction: Words<Gateway.InstructionKind> = {
  APPROVE: "Utför en begäran",
  AUTHORISE: "Anlita ett underbiträde",
  END: "Avsluta avtalet",
  EXTEND: "Förläng en svarstid",
  HOLD: "Undanta från radering",
  LIFT: "Häv en begränsning",
  OBJECT: "Anlita inte ett underbiträde",
  REFUSE: "Avslå en begäran",
  RELEASE: "Häv ett undantag",
  RETAIN: "Behåll en kategori en viss tid",
  RETURN: "Lämna tillbaka alla uppgifter",
};

export const codes = {
  requestKind,
  requestStatus,
  channel,
  category,
  purpose,
  outcomeDone,
  recordKind,
  retentionGround,
  restrictionGround,
  refusalGround,
  extensionGround,
  identification,
  fault,
  subjectStatus,
  taskStatus,
  agreementStatus,
  tenantStatus,
  standing,
  transfer,
  instruction,
};
