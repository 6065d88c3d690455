//! Whether people answer at a moment, and when they will.

use super::hours::{DAY_MINUTES, OpeningHours, TimeOfDay, Weekday};
use crate::language::{Language, fill};
use crate::time::UnixMillis;

const WEEK_MINUTES: u32 = 7 * DAY_MINUTES;

/// A moment of the week where the store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub weekday: Weekday,
    /// Minutes since midnight, below 1,440.
    pub minute_of_day: u32,
}

impl LocalTime {
    /// The local time at `now`, `utc_offset_minutes` east of Greenwich (as the platform's calendar has it then).
    pub fn at(now: UnixMillis, utc_offset_minutes: i32) -> Self {
        // 1970-01-01 was a Thursday.
        let thursday = i128::from(Weekday::Thu.index() * DAY_MINUTES);
        let minutes = i128::from(now.0 / 60_000) + i128::from(utc_offset_minutes) + thursday;
        let minute_of_week = u32::try_from(minutes.rem_euclid(i128::from(WEEK_MINUTES))).unwrap_or_default();
        Self::of_week(minute_of_week)
    }

    const fn of_week(minute_of_week: u32) -> Self {
        Self {
            weekday: Weekday::after_monday(minute_of_week / DAY_MINUTES),
            minute_of_day: minute_of_week % DAY_MINUTES,
        }
    }

    const fn minute_of_week(self) -> u32 {
        self.weekday.index() * DAY_MINUTES + self.minute_of_day % DAY_MINUTES
    }
}

/// A moment within the week to come, as seen from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// 0 is today, 7 the same day of next week.
    pub days_ahead: u32,
    /// Which day that is.
    pub weekday: Weekday,
    /// When on that day.
    pub time: TimeOfDay,
}

impl Moment {
    /// "today at 13:00".
    pub fn in_words(self, language: Language) -> String {
        let own = language.sentences();
        let sentence = match self.days_ahead {
            0 => own.today_at,
            1 => own.tomorrow_at,
            2..=6 => own.day_at,
            _ => own.in_a_week_at,
        };
        let time = self.time.to_string();
        fill(sentence, &[("day", self.weekday.on(language)), ("time", &time)])
    }
}

/// Whether people answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// They do.
    Open {
        /// Until then; `None`: day and night.
        until: Option<Moment>,
    },
    /// They do not.
    Closed {
        /// When they will again.
        opens: Moment,
    },
    /// The store names no hours.
    Unstated,
}

/// Whether people answer at `local`, by `hours`.
pub(super) fn opening(hours: &[OpeningHours], local: LocalTime) -> Opening {
    let spans = week_spans(hours);
    let now = local.minute_of_week();
    let moment = |minute: u32| seen_from(now, minute);
    let Some(first) = spans.first() else { return Opening::Unstated };
    if first.end - first.start >= WEEK_MINUTES {
        return Opening::Open { until: None };
    }
    // A span may run into next week; look at it from this week and from the last.
    for span in &spans {
        for at in [now, now + WEEK_MINUTES] {
            if span.start <= at && at < span.end {
                return Opening::Open { until: Some(moment(now + (span.end - at))) };
            }
        }
    }
    let next =
        spans.iter().find(|span| span.start > now).map_or(first.start + WEEK_MINUTES, |span| span.start);
    Opening::Closed { opens: moment(next) }
}

/// From `start` (inclusive, in the week) to `end` (exclusive, perhaps in the next), in minutes since Monday 00:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    start: u32,
    end: u32,
}

/// The open spans of a week: sorted, apart from one another, the last perhaps running into the next week.
fn week_spans(hours: &[OpeningHours]) -> Vec<Span> {
    let mut spans: Vec<Span> = hours
        .iter()
        .flat_map(|hours| hours.days.iter().map(move |day| (day.index() * DAY_MINUTES, hours)))
        .map(|(midnight, hours)| {
            let (open, close) = (hours.open.minutes(), hours.close.minutes());
            let overnight = if close <= open { DAY_MINUTES } else { 0 };
            Span { start: midnight + open, end: midnight + close + overnight }
        })
        .collect();
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    join_over_the_weekend(&mut joined);
    joined
}

/// Joins what runs past Sunday's end with what opens on Monday.
fn join_over_the_weekend(spans: &mut Vec<Span>) {
    while spans.len() > 1 {
        let (Some(first), Some(last)) = (spans.first().copied(), spans.last_mut()) else { return };
        if last.end < first.start + WEEK_MINUTES {
            return;
        }
        last.end = last.end.max(first.end + WEEK_MINUTES);
        spans.remove(0);
    }
    if let [only] = spans.as_mut_slice()
        && only.end - only.start >= WEEK_MINUTES
    {
        only.end = only.start + WEEK_MINUTES;
    }
}

/// `minute` (at most two weeks after Monday 00:00) as it looks at `now`.
fn seen_from(now: u32, minute: u32) -> Moment {
    let local = LocalTime::of_week(minute % WEEK_MINUTES);
    Moment {
        days_ahead: (minute / DAY_MINUTES).saturating_sub(now / DAY_MINUTES),
        weekday: local.weekday,
        time: TimeOfDay::after_midnight(local.minute_of_day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hours(days: &[Weekday], open: &str, close: &str) -> OpeningHours {
        let time = |text| TimeOfDay::parse(text).unwrap();
        OpeningHours { days: days.to_vec(), open: time(open), close: time(close) }
    }

    fn at(weekday: Weekday, time: &str) -> LocalTime {
        LocalTime { weekday, minute_of_day: TimeOfDay::parse(time).unwrap().minutes() }
    }

    fn told(opening: Opening) -> String {
        match opening {
            Opening::Open { until: Some(until) } => {
                format!("open until {}", until.in_words(Language::English))
            }
            Opening::Open { until: None } => "always open".into(),
            Opening::Closed { opens } => format!("opens {}", opens.in_words(Language::English)),
            Opening::Unstated => "unstated".into(),
        }
    }

    #[test]
    fn the_week_tells_when_people_answer() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let office = [hours(&[Mon, Tue, Wed, Thu, Fri], "09:00", "17:30"), hours(&[Sat], "10:00", "14:00")];
        let split = [hours(&[Mon], "09:00", "12:00"), hours(&[Mon], "13:00", "17:00")];
        let bar = [hours(&[Fri, Sat], "20:00", "02:00")];
        let late_sunday = [hours(&[Sun], "22:00", "03:00"), hours(&[Mon], "03:00", "05:00")];
        let always = [hours(&Weekday::ALL, "00:00", "24:00")];
        let overlapping = [hours(&[Tue], "08:00", "12:00"), hours(&[Tue], "11:00", "13:00")];
        for (hours, local, expected) in [
            (&office[..], at(Mon, "09:00"), "open until today at 17:30"),
            (&office, at(Mon, "17:30"), "opens tomorrow at 09:00"),
            (&office, at(Mon, "08:59"), "opens today at 09:00"),
            (&office, at(Sat, "14:00"), "opens on Monday at 09:00"),
            (&office, at(Sun, "23:59"), "opens tomorrow at 09:00"),
            (&split, at(Mon, "12:15"), "opens today at 13:00"),
            (&split, at(Mon, "17:00"), "opens in a week at 09:00"),
            (&split, at(Tue, "08:00"), "opens on Monday at 09:00"),
            (&bar, at(Sat, "01:00"), "open until today at 02:00"),
            (&bar, at(Fri, "21:00"), "open until tomorrow at 02:00"),
            (&bar, at(Sun, "01:59"), "open until today at 02:00"),
            (&bar, at(Sun, "02:00"), "opens on Friday at 20:00"),
            (&late_sunday, at(Sun, "23:00"), "open until tomorrow at 05:00"),
            (&late_sunday, at(Mon, "04:00"), "open until today at 05:00"),
            (&late_sunday, at(Mon, "05:00"), "opens on Sunday at 22:00"),
            (&always, at(Sun, "23:59"), "always open"),
            (&overlapping, at(Tue, "08:00"), "open until today at 13:00"),
            (&[], at(Tue, "08:00"), "unstated"),
        ] {
            assert_eq!(told(opening(hours, local)), expected, "{local:?}");
        }
    }

    #[test]
    fn local_time_follows_the_offset() {
        // 2024-03-01T23:30:00Z, a Friday.
        let friday = UnixMillis(1_709_335_800_000);
        assert_eq!(LocalTime::at(friday, 0), at(Weekday::Fri, "23:30"));
        assert_eq!(LocalTime::at(friday, 60), at(Weekday::Sat, "00:30"));
        assert_eq!(LocalTime::at(friday, -24 * 60), at(Weekday::Thu, "23:30"));
        assert_eq!(LocalTime::at(UnixMillis(0), -1), at(Weekday::Wed, "23:59"));
    }

    fn any_hours() -> impl Strategy<Value = Vec<OpeningHours>> {
        let one = (prop::collection::vec(0_u32..7, 1..4), 0_u32..1440, 0_u32..=1440);
        let hours = one.prop_map(|(days, open, close)| OpeningHours {
            days: days.into_iter().map(Weekday::after_monday).collect(),
            open: TimeOfDay::after_midnight(open),
            close: TimeOfDay::after_midnight(close),
        });
        prop::collection::vec(hours, 0..6)
    }

    proptest! {
        #[test]
        fn a_minute_is_open_if_any_of_the_hours_covers_it(hours in any_hours(), minute in 0..WEEK_MINUTES) {
            let covered = hours.iter().any(|hours| hours.days.iter().any(|day| {
                let start = day.index() * DAY_MINUTES + hours.open.minutes();
                let length = match (hours.close.minutes() + DAY_MINUTES - hours.open.minutes()) % DAY_MINUTES {
                    0 => DAY_MINUTES,
                    length => length,
                };
                (minute + WEEK_MINUTES - start) % WEEK_MINUTES < length
            }));
            let open = matches!(opening(&hours, LocalTime::of_week(minute)), Opening::Open { .. });
            prop_assert_eq!(open, covered);
        }

        #[test]
        fn local_time_is_total(now: u64, offset: i32) {
            prop_assert!(LocalTime::at(UnixMillis(now), offset).minute_of_day < DAY_MINUTES);
        }
    }
}
