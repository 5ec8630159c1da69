//! Times as boards write them: epochs, ISO 8601, RFC 2822, and dates in words.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    fmt::rfc2822,
    tz::Offset,
};

/// The instant that a text names; without a zone it is taken as UTC, as boards' machine-readable times are.
///
/// Relative times ("2 days ago") name none, and neither do dates of which day and month cannot be told
/// apart ("03/04/2020").
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    read(text).map(|(instant, _)| instant)
}

/// Whether a text names a time without its zone, as boards do that show the reader's or their own.
pub(super) fn is_local(text: &str) -> bool {
    read(text).is_some_and(|(_, has_zone)| !has_zone)
}

/// The instant, and whether its zone is named.
fn read(text: &str) -> Option<(Timestamp, bool)> {
    let text = text.trim();
    let rfc2822 = || rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    let sure = |instant| (instant, true);
    epoch(text)
        .map(sure)
        .or_else(|| iso(text))
        .or_else(|| rfc2822().map(sure))
        .or_else(|| in_words(text))
}

/// Seconds since 1970, or milliseconds, or microseconds, by their size.
pub(super) fn from_epoch(number: i64) -> Option<Timestamp> {
    const MILLISECONDS: i64 = 100_000_000_000;
    const MICROSECONDS: i64 = MILLISECONDS * 1000;
    match number.checked_abs()? {
        size if size >= MICROSECONDS => Timestamp::from_microsecond(number).ok(),
        size if size >= MILLISECONDS => Timestamp::from_millisecond(number).ok(),
        _ => Timestamp::from_second(number).ok(),
    }
}

fn epoch(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let plain = whole.len() >= 8
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    from_epoch(whole.parse().ok().filter(|_| plain)?)
}

fn iso(text: &str) -> Option<(Timestamp, bool)> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some((instant, true));
    }
    // "+0100" and a zone in words behind a space are common and no RFC 3339.
    let behind = offset_behind(text);
    let (civil, offset) = behind.unwrap_or((text, Offset::UTC));
    let is_dated = civil.as_bytes().get(4) == Some(&b'-');
    let civil: DateTime = civil.parse().ok().filter(|_| is_dated)?;
    Some((offset.to_timestamp(civil).ok()?, behind.is_some()))
}

/// Parts a time from the offset or zone behind it.
fn offset_behind(text: &str) -> Option<(&str, Offset)> {
    let (civil, zone) = text.rsplit_once([' ', '+', '-'])?;
    let offset = match text.as_bytes()[civil.len()] {
        b'+' => clock_offset(zone, 1)?,
        b'-' if civil.contains(':') => clock_offset(zone, -1)?,
        _ => zone_offset(zone)?,
    };
    Some((civil.trim_end(), offset))
}

/// Zones that boards and mailers name by letters.
fn zone_offset(name: &str) -> Option<Offset> {
    let hours = match name.to_ascii_uppercase().as_str() {
        "UTC" | "GMT" | "Z" | "WET" => 0,
        "BST" | "CET" | "MEZ" => 1,
        "CEST" | "MESZ" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    Offset::from_hours(hours).ok()
}

/// An offset written as `0100`, `01:00` or `1`.
fn clock_offset(text: &str, sign: i32) -> Option<Offset> {
    let digits: String = text.chars().filter(|&c| c != ':').collect();
    let number: i32 = digits.parse().ok()?;
    let seconds = match digits.len() {
        1 | 2 => number * 3600,
        4 => number / 100 * 3600 + number % 100 * 60,
        _ => return None,
    };
    Offset::from_seconds(sign * seconds).ok()
}

/// What a date in words is made of, as far as it was read.
#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    offset: Option<Offset>,
}

/// Reads "Thursday September 06, 2018 @06:03PM", "1. Februar 2021 um 10:04 Uhr", "06.09.2018, 18:03".
fn in_words(text: &str) -> Option<(Timestamp, bool)> {
    let mut parts = Parts::default();
    let mut words = text
        .split(|c: char| c.is_whitespace() || ",@•|()»«".contains(c))
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let noon = words.peek().and_then(|next| half_day(next));
        parts.word(word, noon);
    }
    let date = Date::new(parts.year?, parts.month?, parts.day?).ok()?;
    let civil = date.to_datetime(parts.time.unwrap_or(Time::midnight()));
    let instant = parts.offset.unwrap_or(Offset::UTC).to_timestamp(civil);
    Some((instant.ok()?, parts.offset.is_some()))
}

impl Parts {
    fn word(&mut self, word: &str, noon: Option<bool>) {
        if let Some(time) = clock(word, noon) {
            self.time.get_or_insert(time);
        } else if let Some(month) = month(word) {
            self.month.get_or_insert(month);
        } else if let Some(offset) = self.zone(word) {
            self.offset.get_or_insert(offset);
        } else if let Some((day, month, year)) = numeric_date(word) {
            (self.day, self.month, self.year) = (Some(day), Some(month), Some(year));
        } else {
            self.number(word);
        }
    }

    /// A zone counts behind a time alone: "MST" may be a word of another kind elsewhere.
    fn zone(&self, word: &str) -> Option<Offset> {
        self.time?;
        match word.as_bytes().first()? {
            b'+' => clock_offset(&word[1..], 1),
            b'-' => clock_offset(&word[1..], -1),
            _ => zone_offset(word),
        }
    }

    fn number(&mut self, word: &str) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = word.split_at(digits);
        let is_ordinal = matches!(
            rest,
            "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º" | "日"
        );
        let Ok(value) = number.parse::<i16>() else {
            return;
        };
        match digits {
            1 | 2 if is_ordinal && self.day.is_none() => self.day = i8::try_from(value).ok(),
            4 if matches!(rest, "" | "." | "年") => _ = self.year.get_or_insert(value),
            _ => {}
        }
    }
}

/// Whether a word says "after noon" (true) or "before noon" (false).
fn half_day(word: &str) -> Option<bool> {
    match word.trim_end_matches('.').to_ascii_lowercase().as_str() {
        "pm" | "p.m" => Some(true),
        "am" | "a.m" => Some(false),
        _ => None,
    }
}

/// A time of day: "18:03", "6:03:07", "6:03pm".
fn clock(word: &str, noon: Option<bool>) -> Option<Time> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != ':');
    let (digits, rest) = word.split_at(end.unwrap_or(word.len()));
    let noon = half_day(rest).or(noon);
    let mut numbers = digits.split(':').map(|number| number.parse::<i8>().ok());
    let (hour, minute) = (numbers.next()??, numbers.next()??);
    let second = numbers.next().unwrap_or(Some(0))?;
    let hour = match noon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// Day, month and year written in numbers, where it is certain which is which: dots put the day first,
/// slashes only where one number is no month.
fn numeric_date(word: &str) -> Option<(i8, i8, i16)> {
    let word = word.trim_end_matches(['.', '/', '-']);
    let mark = word.chars().find(|c| "./-".contains(*c))?;
    let mut numbers = word.split(mark).map(|number| number.parse::<i16>().ok());
    let (first, second, third) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (day, month, year) = match (mark, first, second, third) {
        (_, year @ 1000.., month, day) => (day, month, year),
        ('.', day, month, year) => (day, month, year),
        (_, day @ 13.., month, year) => (day, month, year),
        (_, month, day @ 13.., year) => (day, month, year),
        (_, day, month, year) if day == month => (day, month, year),
        _ => return None,
    };
    let year = if year < 100 { 2000 + year } else { year };
    Some((i8::try_from(day).ok()?, i8::try_from(month).ok()?, year))
}

/// The first letters of months' names, in the languages of the boards' themes: English, German, French,
/// Spanish, Italian, Dutch, Portuguese, Polish, Swedish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "sty"],
    &["feb", "fév", "fev", "lut"],
    &["mar", "mär", "maa", "mrt", "mrz"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "maj", "mei", "mag"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aoû", "aou", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "out", "ott", "paź"],
    &["nov", "lis"],
    &["dec", "dez", "déc", "dic", "gru"],
];

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    if !word.starts_with(|c: char| c.is_alphabetic()) || is_weekday(&word) {
        return None;
    }
    let named = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| word.starts_with(name)));
    named.and_then(|at| i8::try_from(at + 1).ok())
}

/// Days whose names begin like a month's: French "mardi", Spanish "martes", Italian "martedì", Dutch "maandag".
fn is_weekday(word: &str) -> bool {
    let days = ["mardi", "martes", "marted", "maandag"];
    days.iter().any(|day| word.starts_with(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_local() {
        for text in [
            "2018-09-06 18:03",
            "Thursday September 06, 2018 @06:03PM",
            "2018-09-06T18:03:00",
        ] {
            assert!(is_local(text), "{text}");
        }
        for text in [
            "1536256980",
            "2018-09-06T18:03:00Z",
            "2018-09-06 18:03 +0100",
            "Sep 6, 2018 18:03 UTC",
            "never",
        ] {
            assert!(!is_local(text), "{text}");
        }
    }

    #[test]
    fn one_instant_in_many_forms() {
        for text in [
            "1536256980",
            "1536256980000",
            "1536256980.0",
            "2018-09-06T18:03:00Z",
            "2018-09-06T20:03:00+02:00",
            "2018-09-06T20:03:00+0200",
            "2018-09-06 18:03:00",
            "2018-09-06T18:03",
            "2018-09-06 18:03:00 UTC",
            "2018-09-06T18:03:00.000000",
            "Thu, 6 Sep 2018 14:03:00 -0400",
            "on Thursday September 06, 2018 @06:03PM",
            "September 6, 2018 at 6:03 pm",
            "6th September 2018, 18:03",
            "6. September 2018 um 18:03 Uhr",
            "jeudi 6 septembre 2018 18:03",
            "06.09.2018, 18:03",
            "6 września 2018 18:03",
            "Sep 6, 2018 2:03 PM EDT",
            "Thu Sep 06, 2018 6:03 pm",
            "Posted Sep 6, 2018 18:03 UTC (Thu)",
        ] {
            let read = parse(text).map(|instant| instant.to_string());
            assert_eq!(read.as_deref(), Some("2018-09-06T18:03:00Z"), "{text}");
        }
    }

    #[test]
    fn what_names_no_instant() {
        for text in [
            "",
            "2 days ago",
            "03/04/2020",
            "soon",
            "12",
            "99999999999999999999",
            "0.5",
            "May",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(from_epoch(i64::MIN), None);
    }

    #[test]
    fn days_without_a_time_begin_at_midnight() {
        for text in [
            "13/04/2020",
            "04/13/2020",
            "2020-04-13",
            "13.4.2020",
            "April 13th, 2020",
            "lundi 13 avril 2020",
        ] {
            let read = parse(text).map(|instant| instant.to_string());
            assert_eq!(read.as_deref(), Some("2020-04-13T00:00:00Z"), "{text}");
        }
        let tuesday = parse("mardi 6 octobre 2020 à 07:05").map(|instant| instant.to_string());
        assert_eq!(tuesday.as_deref(), Some("2020-10-06T07:05:00Z"));
    }
}
