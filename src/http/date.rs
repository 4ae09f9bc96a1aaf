//! Dates in headers, in all the forms that servers write.

use time::{Date, Month, PrimitiveDateTime, Time};

/// Seconds since 1970 of a date as RFC 6265 reads it (5.1.1), which takes those of RFC 9110 too:
/// a time, a day, a month and a year in any order.
pub fn date(text: &str) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    let delimits = |letter: char| !(letter.is_ascii_alphanumeric() || letter == ':');
    for word in text.split(delimits).filter(|word| !word.is_empty()) {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        match digits.len() {
            1 | 2 if time.is_none() && word.contains(':') => time = clock(word),
            1 | 2 if day.is_none() && digits.len() == word.len() => day = digits.parse::<u8>().ok(),
            2 | 4 if year.is_none() && digits.len() == word.len() => year = full_year(&digits),
            0 if month.is_none() => month = month_of(word),
            _ => {}
        }
    }
    let date = Date::from_calendar_date(year.filter(|year| *year >= 1601)?, month?, day?).ok()?;
    Some(PrimitiveDateTime::new(date, time?).assume_utc().unix_timestamp())
}

fn clock(word: &str) -> Option<Time> {
    let mut parts = word.split(':').map(|part| part.parse::<u8>().ok());
    Time::from_hms(parts.next()??, parts.next()??, parts.next()??).ok()
}

fn full_year(digits: &str) -> Option<i32> {
    match digits.parse().ok()? {
        year @ 70..=99 => Some(1900 + year),
        year @ 0..=69 => Some(2000 + year),
        year => Some(year),
    }
}

fn month_of(word: &str) -> Option<Month> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| *name == start)?;
    Month::try_from(u8::try_from(at + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_date_is_read() {
        for (text, seconds) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
            ("Thu, 01-Jan-1970 00:00:00 GMT", Some(0)),
            ("Wed, 31 Feb 2024 00:00:00 GMT", None),
            ("06 Nov 1994", None),
            ("25:00:00 06 Nov 1994", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(date(text), seconds, "{text}");
        }
    }
}
