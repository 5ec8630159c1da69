//! Which language a text is in, where it is long enough to tell.

use whatlang::{Lang, Script};

/// Latin letters below which a text is not judged: names, commands and exclamations look like any language.
const FEW_LATIN: usize = 60;

/// Letters of other scripts below which a text is not judged.
const FEW_OTHERS: usize = 8;

/// The confidence from which a language in Latin letters is believed. Jargon, code and names
/// pull short English texts towards others, so that only clear cases count.
const SURE: f64 = 0.9;

/// The language of `text` as a BCP 47 tag; `None` where the text is short or the case is not clear.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    // Latin letters with all their accents lie below U+0250.
    let others = text
        .chars()
        .filter(|&c| c >= '\u{250}' && c.is_alphabetic())
        .count();
    if letters < FEW_LATIN && (others < FEW_OTHERS || 2 * others < letters) {
        return None;
    }
    let info = whatlang::detect(text)?;
    let sure = info.is_reliable() && info.confidence() >= SURE;
    (sure || info.script() != Script::Latin).then(|| tag(info.lang()))
}

/// The shortest tag of a language, as BCP 47 asks for.
#[rustfmt::skip]
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo", Lang::Eng => "en", Lang::Rus => "ru", Lang::Cmn => "zh", Lang::Spa => "es",
        Lang::Por => "pt", Lang::Ita => "it", Lang::Ben => "bn", Lang::Fra => "fr", Lang::Deu => "de",
        Lang::Ukr => "uk", Lang::Kat => "ka", Lang::Ara => "ar", Lang::Hin => "hi", Lang::Jpn => "ja",
        Lang::Heb => "he", Lang::Yid => "yi", Lang::Pol => "pl", Lang::Amh => "am", Lang::Jav => "jv",
        Lang::Kor => "ko", Lang::Nob => "nb", Lang::Dan => "da", Lang::Swe => "sv", Lang::Fin => "fi",
        Lang::Tur => "tr", Lang::Nld => "nl", Lang::Hun => "hu", Lang::Ces => "cs", Lang::Ell => "el",
        Lang::Bul => "bg", Lang::Bel => "be", Lang::Mar => "mr", Lang::Kan => "kn", Lang::Ron => "ro",
        Lang::Slv => "sl", Lang::Hrv => "hr", Lang::Srp => "sr", Lang::Mkd => "mk", Lang::Lit => "lt",
        Lang::Lav => "lv", Lang::Est => "et", Lang::Tam => "ta", Lang::Vie => "vi", Lang::Urd => "ur",
        Lang::Tha => "th", Lang::Guj => "gu", Lang::Uzb => "uz", Lang::Pan => "pa", Lang::Aze => "az",
        Lang::Ind => "id", Lang::Tel => "te", Lang::Pes => "fa", Lang::Mal => "ml", Lang::Ori => "or",
        Lang::Mya => "my", Lang::Nep => "ne", Lang::Sin => "si", Lang::Khm => "km", Lang::Tuk => "tk",
        Lang::Aka => "ak", Lang::Zul => "zu", Lang::Sna => "sn", Lang::Afr => "af", Lang::Lat => "la",
        Lang::Slk => "sk", Lang::Cat => "ca", Lang::Tgl => "tl", Lang::Hye => "hy", Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_cases_are_told() {
        let german = "Das Passwort stand im Klartext auf dem Server, und niemand hat die Protokolle gelesen, obwohl die Warnung seit Wochen bekannt war.";
        let russian = "Ключ хранился на сервере в открытом виде, и никто не читал журналы событий несколько недель подряд.";
        let chinese = "密钥以明文形式存储在服务器上,几周以来没有人查看过日志,也没有人注意到警告。";
        let english = "The password was stored in plain text on the server, and nobody read the logs although the warning had been known for weeks.";
        let found: Vec<_> = [german, russian, chinese, english].map(detect).to_vec();
        assert_eq!(found, [Some("de"), Some("ru"), Some("zh"), Some("en")]);
    }

    #[test]
    fn short_texts_are_not_judged() {
        assert_eq!(detect("sudo apt install nginx"), None);
        assert_eq!(detect("Danke!"), None);
        assert_eq!(detect("Спасибо"), None);
        assert_eq!(detect("没有人看过日志,也没有警告"), Some("zh"));
    }
}
