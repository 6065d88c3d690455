//! The opening hours of the settings document.

use crate::store::hours::{OpeningHours, TimeOfDay, Weekday};
use crate::store::reader::{Place, Report, excerpt};
use std::collections::BTreeSet;

pub(super) fn opening_hours(place: Place<'_>, report: &mut Report) -> Option<OpeningHours> {
    let mut fields = place.fields(report)?;
    let days = fields.required(report, "days", days);
    let open = fields.required(report, "open", time_of_day);
    let close = fields.required(report, "close", time_of_day);
    fields.finish(report);
    let (days, open, close) = (days?, open?, close?);
    if open == close {
        return place
            .fault(report, format!("opens and closes at {open}; a whole day is \"00:00\" to \"24:00\""));
    }
    if open.minutes() == 24 * 60 {
        return place.fault(report, "cannot open at 24:00; that is 00:00 of the day after");
    }
    Some(OpeningHours { days, open, close })
}

fn days(place: Place<'_>, report: &mut Report) -> Option<Vec<Weekday>> {
    const NAMES: [(&str, Weekday); 7] = [
        ("mon", Weekday::Mon),
        ("tue", Weekday::Tue),
        ("wed", Weekday::Wed),
        ("thu", Weekday::Thu),
        ("fri", Weekday::Fri),
        ("sat", Weekday::Sat),
        ("sun", Weekday::Sun),
    ];
    let days = place.list(report, 7, |place, report| place.choice(report, &NAMES))?;
    if days.is_empty() {
        return place.fault(report, "must name at least one day");
    }
    if days.iter().collect::<BTreeSet<_>>().len() < days.len() {
        return place.fault(report, "names a day twice");
    }
    Some(days)
}

pub(super) fn time_of_day(place: Place<'_>, report: &mut Report) -> Option<TimeOfDay> {
    let text = place.text(report, 60)?;
    match TimeOfDay::parse(&text) {
        Some(time) => Some(time),
        None => place.fault(report, format!("must be a time such as \"09:00\", not \"{}\"", excerpt(&text))),
    }
}
