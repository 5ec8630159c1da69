//! Lines that say what stands around them: whose words follow, where a signature or a footer begins.

/// Lines before a quotation that may say whose words it holds.
pub(super) const ATTRIBUTION: usize = 4;
/// Bytes beyond which a line is no attribution.
const LONG: usize = 300;

/// How many of these lines, which end right before a quotation, say whose words it holds.
pub(super) fn attribution(lines: &[&str]) -> usize {
    let Some(last) = lines.last().map(|line| line.trim()) else {
        return 0;
    };
    let said = says(last);
    if last.len() > LONG || !said && !last.ends_with([':', '：']) {
        return 0;
    }
    let most = lines.len().min(ATTRIBUTION);
    for count in 1..=most {
        let first = lines[lines.len() - count].trim_start();
        let whole = &lines[lines.len() - count..];
        let told = || {
            whole
                .iter()
                .any(|line| names_time_or_place(line) || names_saying(line))
        };
        if opens(first) && (said || told()) {
            return count;
        }
    }
    usize::from(said || names_time_or_place(last))
}

/// Words for saying, as mailers' attributions use them.
const VERBS: [&str; 27] = [
    "wrote",
    "writes",
    "said",
    "says",
    "typed",
    "spake",
    "asked",
    "schrieb",
    "schrieben",
    "meinte",
    "écrit",
    "écrivit",
    "écrivait",
    "escribió",
    "scrisse",
    "scritto",
    "schreef",
    "skrev",
    "escreveu",
    "napsal",
    "napsala",
    "napisał",
    "napisała",
    "kirjoitti",
    "написал",
    "пишет",
    "写道",
];

/// Whether a line ends in a word for saying. Behind it a mailer may name a message ("wrote in message
/// news:1@a.example...").
fn says(line: &str) -> bool {
    let message = line.find(" in message ").or_else(|| line.find(" in news:"));
    let words = match message {
        Some(at) => Some(&line[..at]),
        None => line.strip_suffix([':', '：']),
    };
    words.is_some_and(|words| VERBS.iter().any(|verb| words.trim_end().ends_with(verb)))
}

/// Whether a word for saying is among the words of a line.
fn names_saying(line: &str) -> bool {
    line.split_whitespace().any(|word| VERBS.contains(&word))
}

/// Whether a line begins as attributions do.
fn opens(line: &str) -> bool {
    const LEADS: [&str; 23] = [
        "On ",
        "At ",
        "Am ",
        "Le ",
        "El ",
        "Il ",
        "Op ",
        "Em ",
        "Den ",
        "Dnia ",
        "Dne ",
        "W dniu ",
        "In article",
        "In message",
        "In news",
        "In <",
        "Quoting ",
        "Around ",
        "Begin ",
        "* ",
        "From ",
        "Twas ",
        "Once upon ",
    ];
    LEADS.iter().any(|lead| line.starts_with(lead))
}

/// Whether a line holds an address or a time of day.
fn names_time_or_place(line: &str) -> bool {
    let bytes = line.as_bytes();
    let clock = bytes.windows(4).any(|w| {
        w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit()
    });
    let address = bytes
        .windows(3)
        .any(|w| w[1] == b'@' && w[0].is_ascii_alphanumeric() && w[2].is_ascii_alphanumeric());
    clock || address
}

/// Whether a line says that another message follows in full.
pub(super) fn leads_message(line: &str) -> bool {
    const TITLES: [&str; 14] = [
        "original message",
        "original-nachricht",
        "ursprüngliche nachricht",
        "message d'origine",
        "message original",
        "mensaje original",
        "messaggio originale",
        "oorspronkelijk bericht",
        "mensagem original",
        "forwarded message",
        "weitergeleitete nachricht",
        "message transféré",
        "mensaje reenviado",
        "forwarded by",
    ];
    let line = line.trim();
    if line == "Begin forwarded message:" {
        return true;
    }
    let title = line.trim_matches(['-', ' ']);
    let dashes = line.len() - line.trim_start_matches('-').len();
    dashes >= 4 && title.len() < 60 && {
        let title = title.to_lowercase();
        TITLES.iter().any(|known| title.starts_with(known))
    }
}

/// The header of a message that a line holds, in the languages of Outlook.
pub(super) fn header(line: &str) -> Option<Field> {
    let (name, value) = line.trim().trim_matches('*').split_once(':')?;
    let name = name.trim_end_matches([' ', '\u{a0}', '*']);
    Some(match name {
        "From" | "Von" | "De" | "Da" | "Van" => Field::From,
        "Sent" | "Date" | "Gesendet" | "Datum" | "Envoyé" | "Enviado" | "Inviato" | "Verzonden" => {
            Field::Date
        }
        "To" | "Cc" | "Subject" | "An" | "Betreff" | "À" | "Objet" | "Para" | "Asunto" | "A"
        | "Oggetto" | "Aan" | "Onderwerp" | "Assunto" | "Newsgroups" | "Reply-To"
        | "Importance"
            if !value.is_empty() =>
        {
            Field::Other
        }
        _ => return None,
    })
}

/// What a header of a message that is shown in another says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    From,
    Date,
    Other,
}

/// Whether a signature begins at a line: two dashes and a space, with the dash that PGP puts before them.
/// Archives cut the space off, so that two dashes alone count if little follows.
pub(super) fn leads_signature(line: &str, behind: usize) -> bool {
    const SHORT: usize = 12;
    matches!(line, "-- " | "- -- ") || matches!(line.trim_end(), "--" | "- --") && behind <= SHORT
}

/// Whether the footer of a mailing list begins with these lines.
pub(super) fn leads_footer(lines: &[&str]) -> bool {
    const REACH: usize = 5;
    const SIGNS: [&str; 9] = [
        "mailing list",
        "mailman",
        "unsubscribe",
        "/listinfo",
        "you received this message because you are subscribed",
        "majordomo",
        "help and configuration options",
        "yahoogroups",
        "list archive",
    ];
    let Some(line) = lines.first().map(|line| line.trim()) else {
        return false;
    };
    let ruled = line.len() >= 20 && line.bytes().all(|byte| b"_-=~*".contains(&byte))
        || matches!(line, "--" | "-- " | "---");
    let near = lines.iter().skip(1).take(REACH);
    ruled
        && near
            .map(|line| line.to_lowercase())
            .any(|line| SIGNS.iter().any(|sign| line.contains(sign)))
}

/// Whether a line is where an archive took an attachment out.
pub(super) fn leads_attachment(line: &str) -> bool {
    line.starts_with("-------------- next part --------------")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_in_many_words() {
        for text in [
            "Ada Example wrote:",
            "On Tue, 1 Apr 2008 07:36:46 +0200, Ada <ada@a.example> wrote:",
            "Am 01.04.2008 schrieb Ada:",
            "Le 1 avril 2008 à 07:36, Ada a écrit :",
            "In article <1@a.example>, Ada writes:",
            "Twas brillig at 07:36 when ada@a.example did gyre:",
            "* Ada <ada@a.example> [2008-04-01 07:36]:",
            "\"Ada\" <ada@a.example> wrote in message news:1@a.example...",
        ] {
            assert_eq!(attribution(&[text]), 1, "{text}");
        }
        let broken = [
            "Words.",
            "On Tue, Apr 1, 2008 at 7:36 AM, Ada",
            "<ada@a.example> wrote:",
        ];
        assert_eq!(attribution(&broken), 2);
    }

    #[test]
    fn what_attributes_nothing() {
        for text in [
            "",
            "I mean this:",
            "He wrote much",
            "See below:",
            "Note: wrote",
        ] {
            assert_eq!(attribution(&[text]), 0, "{text}");
        }
    }

    #[test]
    fn messages_in_messages() {
        assert!(leads_message("-----Original Message-----"));
        assert!(leads_message("---------- Forwarded message ---------"));
        assert!(leads_message("-------- Original-Nachricht --------"));
        assert!(!leads_message("--- original message"));
        assert!(!leads_message("--------"));
    }

    #[test]
    fn footers_name_a_list() {
        let rule = "_______________________________________________";
        assert!(leads_footer(&[rule, "Keys mailing list", "keys@a.example"]));
        assert!(!leads_footer(&[rule, "Total: 3"]));
    }
}
