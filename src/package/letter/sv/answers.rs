//! Letters that tell what was done, right by right.

use domain::accounting::AccountingRecordKind;
use domain::outcome::RetentionGround;

use crate::package::letter::texts::answers::{
    Access, Answers, Consent, Erasure, Files, Items, Later, Objection, Portability, Rectification,
    Restriction,
};

pub(super) const ANSWERS: Answers = Answers {
    title: |request| format!("Svar på {request}"),
    items: Items {
        record: |kind, number| match kind {
            AccountingRecordKind::Invoice => format!("faktura {number}"),
            AccountingRecordKind::Quote => format!("offert {number}"),
            AccountingRecordKind::Contract => format!("avtal {number}"),
        },
        nameless_records: |count| match count {
            1 => "en bokföringshandling".to_owned(),
            _ => format!("{count} bokföringshandlingar"),
        },
        nothing_held: |categories| format!("Det fanns inga uppgifter om dig av detta slag: {categories}."),
    },
    files: Files {
        until: |moment| format!("Du kan hämta filerna fram till den {moment}. Därefter förstörs de."),
        gone: "Filerna går inte längre att hämta. Hör av dig om du vill ha nya.",
    },
    recipients: "Vi underrättar dem som vi har lämnat ut uppgifterna till, om det inte är omöjligt eller \
                 skulle kräva en orimlig insats. Fråga oss om du vill veta vilka de är (artikel\u{a0}19).",
    access: Access {
        copy: "Vi har tagit fram en kopia av dina personuppgifter (artikel\u{a0}15.3). Den omfattar",
        whole: "Kopian finns som filer. PDF-filen är det fullständiga brevet: där står också varför vi \
                behandlar uppgifterna, vilka som får del av dem, hur länge de sparas och vilka rättigheter du \
                har (artikel\u{a0}15.1 och\u{a0}15.2). JSON- och CSV-filerna kan läsas av en dator.",
        none: "Det finns inga uppgifter om dig i registret att kopiera.",
    },
    rectification: Rectification {
        corrected: "Vi har rättat eller kompletterat de här uppgifterna om dig (artikel\u{a0}16):",
        statement: "Om de fortfarande är ofullständiga har du rätt att komplettera dem med ett eget utlåtande \
                    (artikel\u{a0}16).",
    },
    erasure: ERASURE,
    restriction: Restriction {
        restricted: |since| {
            let done = since.map_or_else(
                || "Vi har begränsat".to_owned(),
                |since| format!("Från och med den {since} har vi begränsat"),
            );
            format!("{done} behandlingen av de här uppgifterna (artikel\u{a0}18.1):")
        },
        allowed_introduction: "Medan begränsningen gäller lagrar vi uppgifterna. Annars får de bara användas i \
                               de här fallen (artikel\u{a0}18.2):",
        allowed: &[
            "du har gett ditt samtycke",
            "de behövs för att slå fast, göra gällande eller försvara rättsliga anspråk",
            "någon annans rättigheter behöver skyddas",
            "det finns ett viktigt allmänintresse i EU eller en medlemsstat.",
        ],
        lifting: "Vi meddelar dig innan begränsningen hävs (artikel\u{a0}18.3).",
    },
    portability: PORTABILITY,
    objection: Objection {
        marketing: "Vi har genast slutat använda dina uppgifter för direkt marknadsföring.",
        absolute: "Rätten att säga nej till det är ovillkorlig, så vi gör ingen avvägning mot våra egna intressen \
                   (artikel\u{a0}21.2 och\u{a0}21.3).",
        unaffected: "Fakturor och annat som hör till tjänsten påverkas inte.",
        suppressed: "För att vi inte ska skicka reklam till dig av misstag finns du på vår spärrlista. Där står \
                     dina kontaktuppgifter inte i läsbar form, utan som ett kontrollvärde beräknat med en \
                     hemlig nyckel.",
        ended: "Vi har slutat använda de här uppgifterna för det ändamål som du invände mot \
                (artikel\u{a0}21.1):",
        ended_without_data: "Vi har inga uppgifter om dig för det ändamål som du invände mot, och vi kommer \
                             inte att använda några (artikel\u{a0}21.1).",
    },
    consent: Consent {
        stopped: "Vi har genast slutat använda dina uppgifter med stöd av samtycket.",
        lawful_before: "Det som vi gjorde innan du återkallade samtycket är fortfarande lagligt \
                        (artikel\u{a0}7.3).",
        never_given: "Vi hade inget sådant samtycke från dig registrerat, så det fanns inget att återkalla.",
        still_suppressed: "Vi ser ändå till att du inte får någon direkt marknadsföring.",
    },
    later: Later {
        title: |request| format!("Uppföljning av {request}"),
        told: "Vi har tidigare skrivit att vissa uppgifter om dig måste sparas. Nu finns det mer att berätta.",
        erased: "Det här har raderats nu",
        erased_introduction: "De här uppgifterna behövde inte sparas längre och är raderade:",
        nothing_left: "Därmed finns inget kvar av det som vi hade sparat.",
    },
};

const ERASURE: Erasure = Erasure {
    erased: "Det här har vi raderat",
    erased_introduction: "De här uppgifterna om dig är raderade (artikel\u{a0}17.1):",
    backups: "Nyckeln som uppgifterna var krypterade med är förstörd. Därför går de inte heller att läsa i \
              säkerhetskopior.",
    proof: "Ärendets referens och en anteckning om vad vi har gjort finns kvar, utan de raderade uppgifterna. \
            Med dem kan vi visa att vi har följt reglerna (artikel\u{a0}5.2).",
    kept: "Det här sparar vi tills vidare",
    kept_introduction: "De här uppgifterna kan vi inte radera ännu:",
    kept_headers: ["Uppgift", "Varför den sparas", "Sparas till och med"],
    ground: |ground| match ground {
        RetentionGround::BookkeepingAct => {
            "Den hör till bokföringen, och den ska enligt lag sparas i sju år efter det kalenderår då \
             räkenskapsåret tog slut: bokföringslagen (1999:1078) 7\u{a0}kap. 2\u{a0}§ och \
             artikel\u{a0}17.3\u{a0}b."
        }
        RetentionGround::ContractPerformance => {
            "Den behövs för ett avtal som fortfarande gäller, och är alltså fortfarande nödvändig: \
             artikel\u{a0}17.1\u{a0}a."
        }
        RetentionGround::OtherLegalObligation => {
            "En annan svensk eller europeisk lag kräver att den sparas: artikel\u{a0}17.3\u{a0}b."
        }
        RetentionGround::CourtOrAuthorityOrder => {
            "En domstol eller en myndighet har beslutat att den ska sparas: artikel\u{a0}17.3\u{a0}b \
             och\u{a0}e."
        }
        RetentionGround::LegitimateInterests => {
            "Vi har berättigade skäl som väger tyngre efter en intresseavvägning: \
             artikel\u{a0}17.1\u{a0}c och\u{a0}21.1."
        }
        RetentionGround::LegalClaims => {
            "Den behövs för att slå fast, göra gällande eller försvara rättsliga anspråk: \
             artikel\u{a0}17.3\u{a0}e."
        }
    },
    no_ground: "Skälet är inte antecknat. Fråga oss.",
    open_ended: "Tills skälet upphör",
    by_itself: "Det som har en sista dag raderas av sig självt dagen efter. Du behöver inte begära det igen.",
    with_its_ground: "Det som saknar sista dag raderas när skälet har upphört, också utan att du begär det \
                      igen.",
    meanwhile: "Till dess får uppgifterna bara användas för det som de sparas för, till exempel bokföring eller \
                rättsliga anspråk, och för att hantera begäranden om dataskydd. Du kan fortfarande begära att \
                få se vad vi sparar.",
};

const PORTABILITY: Portability = Portability {
    copy: "Vi har tagit fram de uppgifter som du själv har lämnat och som vi behandlar med stöd av ditt \
           samtycke eller ett avtal (artikel\u{a0}20.1):",
    none: "Vi har inga uppgifter som du själv har lämnat och som vi behandlar med stöd av ditt samtycke eller \
           ett avtal (artikel\u{a0}20.1).",
    formats: "Uppgifterna finns som JSON, som beskrivs av ett publicerat schema, och som CSV-tabeller i ett \
              ZIP-arkiv. Båda är öppna format som andra system kan läsa.",
    onward: "Du får lämna filerna vidare till vem du vill. Hör av dig om du vill att vi skickar dem direkt till \
             någon annan; det gör vi om det är tekniskt möjligt (artikel\u{a0}20.2).",
    stays: "Uppgifterna finns kvar hos oss även efter detta. Du kan begära att de raderas \
            (artikel\u{a0}20.3).",
    excluded: "Det här ingår inte",
    excluded_introduction: "De här uppgifterna ingår inte i filerna. Du kan få veta mer om dem genom att begära \
                            ett registerutdrag (artikel\u{a0}15).",
};
