//! Moments and days as integers, and the clock that everything in filmgate is given.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `ms` milliseconds later; saturates.
    pub fn after(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative if `earlier` is later.
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day this moment falls on, in UTC.
    pub fn day(self) -> Day {
        Day::from_days_since_1970(self.0.div_euclid(86_400_000))
    }
}

/// A calendar day in UTC, ordered; written `2026-06-11` in model cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: i64,
    month: u8,
    day: u8,
}

impl Day {
    /// The proleptic Gregorian date of a day number, by the usual era arithmetic (400 years are 146,097 days).
    fn from_days_since_1970(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year, month: u8::try_from(month).unwrap_or(1), day: u8::try_from(day).unwrap_or(1) }
    }
}

impl Day {
    /// Its first second in UTC, in seconds since 1970.
    pub fn unix_s(self) -> i64 {
        self.days_since_1970() * 86_400
    }

    /// Its first second as HTTP writes dates, such as `Sun, 22 Nov 2026 00:00:00 GMT`.
    pub fn http_date(self) -> String {
        const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let weekday = usize::try_from(self.days_since_1970().rem_euclid(7)).unwrap_or(0);
        let month = MONTHS.get(usize::from(self.month).saturating_sub(1)).unwrap_or(&"Jan");
        format!("{}, {:02} {month} {:04} 00:00:00 GMT", WEEKDAYS[weekday], self.day, self.year)
    }

    fn days_since_1970(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = if month <= 2 { self.year - 1 } else { self.year };
        let march_month = if month > 2 { month - 3 } else { month + 9 };
        let of_era = year.rem_euclid(400) * 365 + year.rem_euclid(400) / 4 - year.rem_euclid(400) / 100;
        year.div_euclid(400) * 146_097 + of_era + (153 * march_month + 2) / 5 + day - 1 - 719_468
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is not a day; write it as 2026-06-11");
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok()).ok_or_else(wrong);
        let (year, month, day) = (next()?, next()?, next()?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year < 1970 {
            return Err(wrong());
        }
        let small = |n: u16| u8::try_from(n).map_err(|_| wrong());
        Ok(Self { year: i64::from(year), month: small(month)?, day: small(day)? })
    }
}

/// The only source of the current time; a part of the process, so that tests and `--speed` can move it.
pub trait Clock: Send + Sync {
    /// The current moment.
    fn now(&self) -> Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_knows_its_day() {
        for (ms, day) in [
            (0, "1970-01-01"),
            (86_399_999, "1970-01-01"),
            (951_782_400_000, "2000-02-29"),
            (1_781_136_000_000, "2026-06-11"),
            (1_795_305_600_000, "2026-11-22"),
        ] {
            assert_eq!(Timestamp(ms).day().to_string(), day);
            assert_eq!(Day::try_from(day.to_owned()).unwrap(), Timestamp(ms).day());
            assert_eq!(Timestamp(ms).day().unix_s(), ms.div_euclid(86_400_000) * 86_400);
        }
        assert_eq!(Timestamp(1_795_305_600_000).day().http_date(), "Sun, 22 Nov 2026 00:00:00 GMT");
    }

    #[test]
    fn a_day_that_is_none_is_refused() {
        for text in ["", "2026", "2026-13-01", "2026-00-10", "tomorrow", "2026-06-32"] {
            assert!(Day::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
