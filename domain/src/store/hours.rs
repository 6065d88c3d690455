//! When people answer: weekly hours in the store's own time.

use crate::language::{Language, fill};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Minutes of a day.
pub(super) const DAY_MINUTES: u32 = 24 * 60;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// From Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// Its name.
    pub(super) fn name(self, language: Language) -> &'static str {
        language.sentences().weekdays.get(self as usize).copied().unwrap_or_default()
    }

    /// "On Monday".
    pub(super) fn on(self, language: Language) -> &'static str {
        language.sentences().on_weekdays.get(self as usize).copied().unwrap_or_default()
    }

    /// Days since Monday.
    pub(super) const fn index(self) -> u32 {
        self as u32
    }

    /// `days` after Monday.
    pub(super) const fn after_monday(days: u32) -> Self {
        match days % 7 {
            0 => Self::Mon,
            1 => Self::Tue,
            2 => Self::Wed,
            3 => Self::Thu,
            4 => Self::Fri,
            5 => Self::Sat,
            _ => Self::Sun,
        }
    }
}

/// A time of the day, to the minute: `09:00`; `24:00` is the day's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"))
)]
pub struct TimeOfDay {
    minutes: u32,
}

impl TimeOfDay {
    /// Reads `HH:MM`, `00:00` to `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let [h1, h2, b':', m1, m2] = *text.as_bytes() else { return None };
        let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
        let (hours, minutes) = (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?);
        let total = hours * 60 + minutes;
        (minutes < 60 && total <= DAY_MINUTES).then_some(Self { minutes: total })
    }

    /// `minutes` after midnight; the day's end at most.
    pub(super) const fn after_midnight(minutes: u32) -> Self {
        Self { minutes: if minutes < DAY_MINUTES { minutes } else { DAY_MINUTES } }
    }

    /// Minutes since midnight, 0 to 1,440.
    pub const fn minutes(self) -> u32 {
        self.minutes
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a time of the day"))
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Hours that are the same on several days. A `close` before `open` lies on the day after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct OpeningHours {
    /// The days on which the store opens.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 7)))]
    pub days: Vec<Weekday>,
    /// From when.
    pub open: TimeOfDay,
    /// Until when.
    pub close: TimeOfDay,
}

/// The hours as a person would write them: `Monday to Friday 09:00 to 17:30, Saturday 10:00 to 16:00`.
pub(super) fn written(hours: &[OpeningHours], language: Language) -> String {
    let line = |hours: &OpeningHours| {
        let days = days(&hours.days, language);
        let (open, close) = (hours.open.to_string(), hours.close.to_string());
        fill(language.sentences().hours_of_days, &[("days", &days), ("open", &open), ("close", &close)])
    };
    hours.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// Days in order, three or more in a row as a range.
fn days(days: &[Weekday], language: Language) -> String {
    let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
    for day in Weekday::ALL.into_iter().filter(|day| days.contains(day)) {
        match runs.last_mut() {
            Some((_, last)) if last.index() + 1 == day.index() => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let own = language.sentences();
    let runs: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| {
            let both = [("first", first.name(language)), ("last", last.name(language))];
            match last.index() - first.index() {
                0 => first.name(language).to_owned(),
                1 => fill(own.days_and, &both),
                _ => fill(own.days_to, &both),
            }
        })
        .collect();
    runs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_two_digits_each() {
        for (text, minutes) in [
            ("00:00", Some(0)),
            ("09:30", Some(570)),
            ("24:00", Some(1440)),
            ("24:01", None),
            ("09:60", None),
            ("9:00", None),
            ("09.00", None),
            ("09:00 ", None),
            ("-1:00", None),
            ("", None),
        ] {
            assert_eq!(TimeOfDay::parse(text).map(TimeOfDay::minutes), minutes, "{text:?}");
        }
    }

    #[test]
    fn hours_are_written_as_a_person_would() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let hours = |days: &[Weekday], open: &str, close: &str| {
            let time = |text| TimeOfDay::parse(text).unwrap();
            OpeningHours { days: days.to_vec(), open: time(open), close: time(close) }
        };
        for (hours, expected) in [
            (vec![hours(&[Fri, Mon, Tue, Wed, Thu], "09:00", "17:30")], "Monday to Friday 09:00 to 17:30"),
            (
                vec![hours(&[Mon, Wed, Thu], "09:00", "12:00"), hours(&[Sat, Sun], "10:00", "24:00")],
                "Monday, Wednesday and Thursday 09:00 to 12:00, Saturday and Sunday 10:00 to 24:00",
            ),
            (vec![], ""),
        ] {
            assert_eq!(written(&hours, Language::English), expected);
        }
    }
}
