//! The store's settings as a row of numbers, in the order in which `../settings.js` writes them.

use crate::row::Row;
use domain::behaviour::{Condition, Detector, Few, Manners, Range, Rule, Trigger};
use domain::time::Millis;

pub(crate) fn manners(row: &mut Row<'_>) -> Manners {
    let mut manners = Manners::default();
    let span = |row: &mut Row<'_>, unit: Millis| Millis(unit.0.saturating_mul(row.whole()));
    manners.patience = span(row, Millis::seconds(1));
    manners.limits.first = span(row, Millis::seconds(1));
    manners.limits.gap = span(row, Millis::minutes(1));
    manners.limits.per_visit = few(row);
    manners.limits.per_week = few(row);
    manners.limits.after_close = span(row, Millis::days(1));
    manners.limits.after_not_now = span(row, Millis::days(1));
    manners.purchase_gate = row.flag();
    manners.utc_offset_minutes = row.pixels();
    let off = row.small();
    for &detector in Detector::ALL.iter().filter(|detector| off >> **detector as u32 & 1 != 0) {
        manners.detectors = manners.detectors.without(detector);
    }
    for _ in 0..row.small().min(MOST_RULES) {
        let Some(rule) = rule(row) else { break };
        manners.rules.push(rule);
    }
    manners
}

/// A store has fifty, each at most once for every topic.
const MOST_RULES: u32 = 200;

fn rule(row: &mut Row<'_>) -> Option<Rule> {
    let (number, trigger, priority, per_week) = (row.small(), row.place(), row.small(), few(row));
    let count = row.small();
    let conditions = (0..count).map_while(|_| condition(row)).collect();
    let trigger = Trigger::ALL.get(trigger).copied()?;
    Some(Rule { number, trigger, conditions, priority, per_week })
}

fn condition(row: &mut Row<'_>) -> Option<Condition> {
    Some(match row.small() {
        1 => Condition::Url(row.texts()),
        2 => Condition::UrlNot(row.texts()),
        3 => Condition::Page(Few::of(row.small())),
        4 => Condition::Product(row.numbers()),
        5 => Condition::Topic(Few::of(row.small())),
        6 => Condition::CartHolds(row.numbers()),
        7 => Condition::CartItems(range(row)),
        8 => Condition::CartValueMinor(range(row)),
        9 => Condition::Phone(row.flag()),
        10 => Condition::Visits(range(row)),
        11 => Condition::Referrer(row.texts()),
        12 => Condition::Hours { from: minute(row), until: minute(row) },
        _ => return None,
    })
}

fn range(row: &mut Row<'_>) -> Range {
    Range { least: row.perhaps(), most: row.perhaps() }
}

fn minute(row: &mut Row<'_>) -> u16 {
    u16::try_from(row.small()).unwrap_or(u16::MAX)
}

fn few(row: &mut Row<'_>) -> u8 {
    u8::try_from(row.small()).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::behaviour::Limits;

    #[test]
    fn settings_are_read_in_their_order() {
        let row = [
            60.0, 10.0, 5.0, 1.0, 2.0, 7.0, 30.0, 1.0, -90.0, 1.0, 2.0, // the store's own
            77.0, 3.0, 4.0, 2.0, 3.0, 1.0, 1.0, 2.0, 47.0, 42.0, 7.0, 2.0, 0.0, 9.0,
            1.0, // a rule, three conditions
            78.0, 0.0, 0.0, 1.0, 0.0,
        ];
        let manners = manners(&mut Row::new(&row));
        assert_eq!((manners.limits, manners.utc_offset_minutes), (Limits::default(), -90));
        assert!(manners.purchase_gate && !manners.detectors.has(Detector::Pointer));
        assert!(manners.detectors.has(Detector::Keyboard));
        let first = Rule {
            number: 77,
            trigger: Trigger::IdleCart,
            conditions: vec![
                Condition::Url(vec!["/*".into()]),
                Condition::CartItems(Range { least: Some(1), most: None }),
                Condition::Phone(true),
            ],
            priority: 4,
            per_week: 2,
        };
        assert_eq!(manners.rules, [first, Rule::new(78, Trigger::Exit)]);
    }

    #[test]
    fn a_row_that_lies_ends() {
        for row in [&[9e9; 40][..], &[f64::NAN; 40], &[], &[1.0; 400]] {
            assert!(manners(&mut Row::new(row)).rules.len() <= 200);
        }
    }
}
