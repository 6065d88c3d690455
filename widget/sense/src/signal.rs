//! Signals by their codes, in the order of `../codes.ts`.

use crate::row::Row;
use domain::behaviour::{CartEdit, CommerceEvent, Copied, Decline, Field, PageKind, Signal, Target};

pub(crate) fn signal(code: u32, row: &mut Row<'_>) -> Option<Signal> {
    Some(match code {
        0 => Signal::PointerMoved { x: row.pixels(), y: row.pixels() },
        1 => Signal::PointerLeft { x: row.pixels(), y: row.pixels(), pressed: row.flag() },
        2 => Signal::PointerEntered,
        3 => Signal::PointerPressed,
        4 => Signal::PointerReleased,
        5 => Signal::Touched,
        6 => Signal::Clicked { x: row.pixels(), y: row.pixels(), target: target(row) },
        7 => Signal::PageResponded,
        8 => Signal::MenuOpened,
        9 => Signal::KeyPressed,
        10 => Signal::AddressKeyPressed,
        11 => Signal::FieldEntered(field(row)),
        12 => Signal::FieldTyped,
        13 => Signal::FieldLeft,
        14 => Signal::Scrolled { y: row.pixels() },
        15 => Signal::PageShown,
        16 => Signal::PageHidden,
        17 => Signal::WindowLeft { to_frame: row.flag() },
        18 => Signal::WindowEntered,
        19 => Signal::WindowResized { width: row.pixels(), height: row.pixels() },
        20 => Signal::FullScreen(row.flag()),
        21 => Signal::OverlayOpened,
        22 => Signal::OverlayClosed,
        23 => Signal::PageChanged {
            page: PageKind::ALL.get(row.place()).copied().unwrap_or_default(),
            product: row.perhaps_small(),
        },
        24 => Signal::VariantChosen { variant: row.small() },
        25 => Signal::Copied(copied(row)),
        26 => Signal::CouponRefused,
        27 => Signal::CouponAccepted,
        28 => Signal::CartEdited { edit: edit(row), item: row.small() },
        29 => Signal::CartChanged { items: row.small() },
        30 => Signal::CartListed { item: row.small() },
        31 => Signal::CartWorth { minor_units: row.whole() },
        32 => Signal::Commerce {
            event: CommerceEvent::ALL.get(row.place()).copied()?,
            items: row.perhaps_small(),
        },
        33 => Signal::PanelOpened,
        34 => Signal::PanelClosed,
        35 => Signal::Declined(decline(row)),
        36 => Signal::WokeUp,
        _ => return None,
    })
}

fn target(row: &mut Row<'_>) -> Target {
    match row.small() {
        0 => Target::Control,
        1 => Target::Stepper,
        2 => Target::SizeGuide,
        3 => Target::Specification,
        _ => Target::Plain,
    }
}

fn field(row: &mut Row<'_>) -> Field {
    match row.small() {
        0 => Field::Coupon,
        1 => Field::Search,
        2 => Field::List,
        _ => Field::Other,
    }
}

fn copied(row: &mut Row<'_>) -> Copied {
    match row.small() {
        0 => Copied::Title,
        1 => Copied::Price,
        _ => Copied::Code,
    }
}

fn edit(row: &mut Row<'_>) -> CartEdit {
    match row.small() {
        0 => CartEdit::Added,
        1 => CartEdit::Removed,
        _ => CartEdit::Quantity,
    }
}

fn decline(row: &mut Row<'_>) -> Decline {
    match row.small() {
        0 => Decline::Closed,
        1 => Decline::NotNow,
        _ => Decline::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::behaviour::{Detector, POINTS_VERSION, Reason, Refusal, Topic, Trigger};

    const CODES: &str = include_str!("../codes.ts");

    /// The names in the list called `list` of `codes.ts`.
    fn names(list: &str) -> Vec<&'static str> {
        let (_, from) = CODES.split_once(&format!("export const {list} = [")).unwrap();
        let (names, _) = from.split_once("];").unwrap();
        names.split('"').skip(1).step_by(2).collect()
    }

    #[test]
    fn the_page_uses_the_same_codes() {
        let signals = names("SIGNALS");
        for (code, name) in (0..).zip(&signals) {
            let row = if *name == "commerce" { [0.0; 3] } else { [1.0; 3] };
            let signal = signal(code, &mut Row::new(&row)).unwrap();
            let named = format!("{signal:?}").chars().take_while(char::is_ascii_alphanumeric).fold(
                String::new(),
                |mut name, c| {
                    if c.is_ascii_uppercase() && !name.is_empty() {
                        name.push('_');
                    }
                    name.push(c.to_ascii_lowercase());
                    name
                },
            );
            assert_eq!(&named, name, "{code}");
            assert!(
                CODES.contains(&format!("export const {} = {code};", name.to_ascii_uppercase())),
                "{name}"
            );
        }
        assert_eq!(signal(u32::try_from(signals.len()).unwrap(), &mut Row::new(&[])), None);
    }

    #[test]
    fn the_page_uses_the_same_names_in_the_same_order() {
        assert_eq!(names("TRIGGERS"), Trigger::ALL.map(Trigger::name));
        assert_eq!(names("TOPICS"), Topic::ALL.map(Topic::name));
        assert_eq!(names("PAGES"), PageKind::ALL.map(PageKind::name));
        assert_eq!(names("EVENTS"), CommerceEvent::ALL.map(CommerceEvent::name));
        let detectors: Vec<&str> = Detector::ALL.iter().map(|detector| detector.name()).collect();
        assert_eq!(names("DETECTORS"), detectors);
        let reasons: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(names("REASONS"), reasons);
        let refusals: Vec<&str> = Refusal::ALL.iter().map(|refusal| refusal.name()).collect();
        assert_eq!(names("OUTCOMES")[2..], refusals);
        for (place, trigger) in Trigger::ALL.into_iter().enumerate() {
            let threshold = format!("{}: {}", trigger.name(), trigger.threshold());
            assert!(CODES.contains(&threshold), "{threshold} at {place}");
        }
        assert!(CODES.contains(&format!("POINTS_VERSION = {POINTS_VERSION};")));
    }

    #[test]
    fn places_are_those_of_the_lists() {
        // What is told by `as` on one side is found by its place on the other.
        assert!(Trigger::ALL.iter().enumerate().all(|(place, trigger)| *trigger as usize == place));
        assert!(Topic::ALL.iter().enumerate().all(|(place, topic)| *topic as usize == place));
        assert!(PageKind::ALL.iter().enumerate().all(|(place, page)| *page as usize == place));
        assert!(Refusal::ALL.iter().enumerate().all(|(place, refusal)| *refusal as usize == place));
        assert!(Detector::ALL.iter().enumerate().all(|(place, detector)| *detector as usize == place));
        assert!(Reason::ALL.iter().enumerate().all(|(place, reason)| *reason as usize == place));
    }
}
