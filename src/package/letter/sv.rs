//! Swedish.

mod answers;
mod readme;
mod requests;

use domain::accounting::AccountingRecordKind;
use domain::category::DataCategory;
use domain::consent::ConsentStatus;
use domain::purpose::{LegalBasis, Purpose};

use super::texts::{Frame, Held, Names, Opening, Remedies, Texts, Uses};

pub(super) static TEXTS: Texts = Texts {
    frame: FRAME,
    names: Names {
        category: DataCategory::swedish,
        purpose,
        legal_basis,
        consent_status: |status| match status {
            ConsentStatus::Granted => "gäller",
            ConsentStatus::Withdrawn => "återkallat",
        },
        record_kind: |kind| match kind {
            AccountingRecordKind::Invoice => "faktura",
            AccountingRecordKind::Quote => "offert",
            AccountingRecordKind::Contract => "avtal",
        },
    },
    opening: Opening {
        title: "Svar på din begäran om tillgång till personuppgifter",
        asked: |controller, received| {
            format!(
                "Du har begärt att få veta vilka personuppgifter om dig som {controller} behandlar. Din \
                 begäran kom in den {received}."
            )
        },
        confirmation: "Ja, vi behandlar personuppgifter om dig. I det här brevet får du en kopia av \
                       uppgifterna och den information som du har rätt till enligt artikel\u{a0}15 i EU:s \
                       dataskyddsförordning (GDPR). De artiklar som nämns nedan finns i den förordningen.",
        controller: |controller| {
            format!(
                "{controller} är personuppgiftsansvarig. Det är vi som bestämmer varför och hur uppgifterna \
                 används."
            )
        },
        processor: |processor| {
            format!(
                "{processor} är vårt personuppgiftsbiträde: de sköter systemet där uppgifterna finns och \
                 följer våra instruktioner."
            )
        },
    },
    held: HELD,
    uses: USES,
    remedies: REMEDIES,
    requests: requests::REQUESTS,
    readme: readme::access,
};

const FRAME: Frame = Frame {
    months: [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    clock: |hour, minute| format!("kl.\u{a0}{hour:02}.{minute:02}"),
    page: |number, total| format!("Sida {number} av {total}"),
    and: "och",
    date: "Datum",
    reference: "Referens",
    received: "Begäran inkom",
    organisation_number: |number| format!("Org.nr {number}"),
    closing: "Med vänlig hälsning",
    compiled_by: |processor, controller| {
        format!("Brevet är sammanställt av {processor} på uppdrag av {controller}.")
    },
    replaced_characters: "Tecknet □ står för en bokstav eller ett tecken som inte kan visas i det här \
                          brevet. I de maskinläsbara filerna (JSON och CSV) står uppgiften exakt som den är \
                          lagrad.",
};

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ServiceDelivery => "tillhandahålla och underhålla tjänsten",
        Purpose::DirectMarketing => "direkt marknadsföring",
        Purpose::Bookkeeping => "bokföring",
        Purpose::RightsHandling => "hantera begäranden om dataskydd",
        Purpose::LegalClaims => "rättsliga anspråk",
    }
}

fn legal_basis(basis: LegalBasis) -> &'static str {
    match basis {
        LegalBasis::Consent => "ditt samtycke (artikel\u{a0}6.1\u{a0}a)",
        LegalBasis::Contract => "avtal (artikel\u{a0}6.1\u{a0}b)",
        LegalBasis::LegalObligation => "rättslig förpliktelse (artikel\u{a0}6.1\u{a0}c)",
        LegalBasis::VitalInterests => "skydd av grundläggande intressen (artikel\u{a0}6.1\u{a0}d)",
        LegalBasis::PublicTask => {
            "uppgift av allmänt intresse eller myndighetsutövning (artikel\u{a0}6.1\u{a0}e)"
        }
        LegalBasis::LegitimateInterests => {
            "berättigat intresse efter en intresseavvägning (artikel\u{a0}6.1\u{a0}f)"
        }
    }
}

const HELD: Held = Held {
    heading: "Uppgifterna om dig",
    introduction: |made| {
        format!(
            "Tabellen visar de uppgifter om dig som var registrerade den {made}. Dina samtycken, dina \
             begäranden och läsningarna av uppgifterna redovisas längre fram."
        )
    },
    headers: ["Uppgift", "Innehåll"],
    password: "Ett kontrollvärde som systemet använder för att känna igen ditt lösenord. Själva lösenordet \
               sparas aldrig, så ingen kan läsa det.",
    external_reference: "vår referens för dig",
    subject_id: "identifierare i systemet",
    registered: "registrerad",
    updated: "senast ändrad",
    records: "Bokföringshandlingar som du finns med i",
    record_headers: [
        "Handling",
        "Datum",
        "Räkenskapsåret slutar",
        "Sparas till och med",
        "Vad som står om dig",
    ],
    no_last_day: "Enligt vår vanliga regel",
    restrictions: "Begränsningar av behandlingen",
    restriction_headers: ["Skäl", "Från", "Till"],
    restriction_stands: "gäller",
    consents: "Dina samtycken",
    consent_headers: ["Ändamål", "Status", "Lämnat", "Återkallat", "Hur det lämnades"],
    consent_source: |source, version| format!("{source}, textversion {version}"),
    no_consents: "Vi har inte registrerat något samtycke från dig.",
    requests: "Dina begäranden",
    request_headers: ["Referens", "Gäller", "Inkom", "Status"],
    readings: "När uppgifterna har lästs",
    readings_introduction: "Här ser du när uppgifterna har lästs och varför. Vi berättar normalt inte vilken \
                            medarbetare som har läst dem, eftersom det skulle röra medarbetarens egna \
                            personuppgifter.",
    reading_headers: ["Tidpunkt", "Varför", "Uppgifter"],
    no_readings: "Ingen läsning av uppgifterna är antecknad.",
};

const USES: Uses = Uses {
    purposes: "Varför vi behandlar uppgifterna",
    purpose_headers: ["Ändamål", "Vad vi gör", "Rättslig grund", "Uppgifter"],
    no_purposes: "Det finns inget ändamål registrerat för uppgifterna. Kontakta oss om du vill att de \
                  raderas.",
    recipients: "Vilka som får del av uppgifterna",
    processor_receives: |processor| {
        format!(
            "{processor} lagrar uppgifterna åt oss och har därför tillgång till dem i den mån arbetet kräver \
             det."
        )
    },
    recipients_introduction: "Uppgifterna lämnas eller kan komma att lämnas till dessa mottagare.",
    recipient_headers: ["Mottagare", "Vad de gör", "Uppgifter", "Behandlas i"],
    no_recipients: "Uppgifterna lämnas inte till någon annan mottagare.",
    transfers: "Länder utanför EU och EES",
    no_transfers: "Ingen av mottagarna behandlar uppgifterna utanför EU och EES.",
    transfers_introduction: "Dessa mottagare behandlar uppgifter utanför EU och EES. Det är tillåtet tack \
                             vare följande skyddsåtgärder (artiklarna\u{a0}45–47).",
    transfer: |recipient, countries, safeguard| format!("{recipient} ({countries}): {safeguard}"),
    safeguards_copy: "Kontakta oss om du vill ha en kopia av skyddsåtgärderna.",
    retention: "Hur länge uppgifterna sparas",
    retention_headers: ["Uppgift", "Sparas"],
    no_retention: "Det finns ingen lagringstid registrerad. Kontakta oss, så får du besked.",
    sources: "Varifrån uppgifterna kommer",
    source_headers: ["Uppgift", "Källa"],
    no_sources: "Vi har ingen information om varifrån uppgifterna kommer.",
    automated: "Automatiserade beslut",
    no_automated: "Vi fattar inga beslut om dig som bara bygger på automatiserad behandling, däribland \
                   profilering (artikel\u{a0}22).",
    automated_introduction: "För dessa ändamål fattas automatiserade beslut, däribland profilering \
                             (artikel\u{a0}22). Du har rätt att få ett sådant beslut prövat av en människa, \
                             framföra din åsikt och bestrida beslutet.",
};

const REMEDIES: Remedies = Remedies {
    heading: "Dina rättigheter",
    introduction: "Du har också följande rättigheter.",
    rights: &[
        "Rättelse (artikel\u{a0}16): du kan begära att felaktiga uppgifter rättas och att ofullständiga \
         uppgifter kompletteras.",
        "Radering (artikel\u{a0}17): du kan begära att uppgifter raderas, till exempel när de inte längre \
         behövs. Det gäller inte uppgifter som vi måste spara enligt lag, till exempel för bokföringen.",
        "Begränsning (artikel\u{a0}18): du kan begära att vi tills vidare bara lagrar uppgifterna, till \
         exempel medan vi kontrollerar om de stämmer.",
        "Dataportabilitet (artikel\u{a0}20): om behandlingen bygger på samtycke eller avtal kan du få ut de \
         uppgifter som du själv har lämnat, i ett format som en dator kan läsa, och flytta dem någon \
         annanstans.",
        "Invändning (artikel\u{a0}21): du kan invända mot behandling som bygger på en intresseavvägning \
         eller på en uppgift av allmänt intresse. Om du invänder mot direkt marknadsföring upphör vi alltid \
         med den.",
        "Återkallat samtycke (artikel\u{a0}7.3): du kan när som helst ta tillbaka ett samtycke. Det påverkar \
         inte om behandlingen var tillåten innan dess.",
    ],
    how: "Det kostar normalt ingenting att använda rättigheterna. Hör av dig till oss, så hjälper vi dig.",
    complaint: "Om du vill klaga",
    authority: |name| {
        format!(
            "Om du anser att vi behandlar dina personuppgifter på ett sätt som strider mot \
             dataskyddsreglerna kan du lämna ett klagomål till tillsynsmyndigheten, {name}."
        )
    },
    other_authorities: "Du kan också vända dig till tillsynsmyndigheten i det EU- eller EES-land där du bor \
                        eller arbetar, eller där du anser att överträdelsen har skett (artikel\u{a0}77).",
    copy: "Om kopian",
    copy_terms: "Det här brevet är din kopia av uppgifterna, och den kostar ingenting. Samma uppgifter finns \
                 att få som filer som en dator kan läsa (JSON och CSV). Om du vill ha fler kopior får vi ta \
                 ut en rimlig avgift för våra kostnader (artikel\u{a0}15.3).",
    questions: "Om du har frågor",
    ask: |controller, reference| format!("Hör av dig till {controller} och ange referensen {reference}."),
    contact: |name, email, phone| match phone {
        Some(phone) => format!("{name}, e-post {email}, telefon {phone}"),
        None => format!("{name}, e-post {email}"),
    },
    officer: |contact| format!("Dataskyddsombud: {contact}"),
};
