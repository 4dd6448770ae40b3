//! Names of countries in the letters' languages.

use domain::language::Language;

/// Code (ISO 3166-1 alpha-2), Swedish, English. The EEA, the countries with an adequacy decision, and others where
/// suppliers are often found.
#[rustfmt::skip]
const TABLE: [(&str, &str, &str); 63] = [
    ("AD", "Andorra",                "Andorra"),
    ("AR", "Argentina",              "Argentina"),
    ("AT", "Österrike",              "Austria"),
    ("AU", "Australien",             "Australia"),
    ("AX", "Åland",                  "Åland Islands"),
    ("BE", "Belgien",                "Belgium"),
    ("BG", "Bulgarien",              "Bulgaria"),
    ("BR", "Brasilien",              "Brazil"),
    ("CA", "Kanada",                 "Canada"),
    ("CH", "Schweiz",                "Switzerland"),
    ("CN", "Kina",                   "China"),
    ("CY", "Cypern",                 "Cyprus"),
    ("CZ", "Tjeckien",               "Czechia"),
    ("DE", "Tyskland",               "Germany"),
    ("DK", "Danmark",                "Denmark"),
    ("EE", "Estland",                "Estonia"),
    ("ES", "Spanien",                "Spain"),
    ("FI", "Finland",                "Finland"),
    ("FO", "Färöarna",               "Faroe Islands"),
    ("FR", "Frankrike",              "France"),
    ("GB", "Storbritannien",         "United Kingdom"),
    ("GG", "Guernsey",               "Guernsey"),
    ("GR", "Grekland",               "Greece"),
    ("HR", "Kroatien",               "Croatia"),
    ("HU", "Ungern",                 "Hungary"),
    ("IE", "Irland",                 "Ireland"),
    ("IL", "Israel",                 "Israel"),
    ("IM", "Isle of Man",            "Isle of Man"),
    ("IN", "Indien",                 "India"),
    ("IS", "Island",                 "Iceland"),
    ("IT", "Italien",                "Italy"),
    ("JE", "Jersey",                 "Jersey"),
    ("JP", "Japan",                  "Japan"),
    ("KR", "Sydkorea",               "South Korea"),
    ("LI", "Liechtenstein",          "Liechtenstein"),
    ("LT", "Litauen",                "Lithuania"),
    ("LU", "Luxemburg",              "Luxembourg"),
    ("LV", "Lettland",               "Latvia"),
    ("MC", "Monaco",                 "Monaco"),
    ("MT", "Malta",                  "Malta"),
    ("MX", "Mexiko",                 "Mexico"),
    ("NL", "Nederländerna",          "Netherlands"),
    ("NO", "Norge",                  "Norway"),
    ("NZ", "Nya Zeeland",            "New Zealand"),
    ("PH", "Filippinerna",           "Philippines"),
    ("PL", "Polen",                  "Poland"),
    ("PT", "Portugal",               "Portugal"),
    ("RO", "Rumänien",               "Romania"),
    ("RS", "Serbien",                "Serbia"),
    ("SE", "Sverige",                "Sweden"),
    ("SG", "Singapore",              "Singapore"),
    ("SI", "Slovenien",              "Slovenia"),
    ("SJ", "Svalbard och Jan Mayen", "Svalbard and Jan Mayen"),
    ("SK", "Slovakien",              "Slovakia"),
    ("SM", "San Marino",             "San Marino"),
    ("TR", "Turkiet",                "Türkiye"),
    ("TW", "Taiwan",                 "Taiwan"),
    ("UA", "Ukraina",                "Ukraine"),
    ("US", "USA",                    "United States"),
    ("UY", "Uruguay",                "Uruguay"),
    ("VA", "Vatikanstaten",          "Vatican City"),
    ("VN", "Vietnam",                "Vietnam"),
    ("ZA", "Sydafrika",              "South Africa"),
];

/// The country's name, or the code itself for one that the table does not know.
#[must_use]
pub fn name(code: &str, language: Language) -> &str {
    match TABLE.iter().find(|row| row.0 == code) {
        Some(row) => match language {
            Language::Sv => row.1,
            Language::En => row.2,
        },
        None => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_states_of_the_european_economic_area_are_named() {
        let states =
            "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK";
        for code in states.split(' ') {
            assert_ne!(name(code, Language::Sv), code);
            assert_ne!(name(code, Language::En), code);
        }
    }

    #[test]
    fn an_unknown_country_is_told_by_its_code() {
        assert_eq!(name("QZ", Language::Sv), "QZ");
        assert_eq!(name("DE", Language::Sv), "Tyskland");
        assert_eq!(name("DE", Language::En), "Germany");
    }

    #[test]
    fn the_table_is_in_order_and_names_no_country_twice() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
    }
}
