//! The channels of the settings document.

use crate::ids::ForeignId;
use crate::store::reader::{Node, Place, Report};
use crate::store::settings::{Channels, MessengerPage};

pub(super) fn channels(place: Place<'_>, report: &mut Report) -> Option<Channels> {
    let mut fields = place.fields(report)?;
    let messenger = fields.optional(report, "messenger", None, |place, report| {
        let mut fields = place.fields(report)?;
        let page_id = fields.required(report, "page_id", digits);
        let page_name = fields.required(report, "page_name", |place, report| {
            let name = place.text(report, 100)?;
            let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
            if plain {
                Some(name)
            } else {
                place.fault(report, "must be the name in the Page's m.me link: letters, digits and dots")
            }
        });
        let app_id = fields.required(report, "app_id", digits);
        fields.finish(report);
        Some(Some(MessengerPage { page_id: page_id?, page_name: page_name?, app_id: app_id? }))
    });
    fields.finish(report);
    Some(Channels { messenger: messenger? })
}

fn digits(place: Place<'_>, report: &mut Report) -> Option<ForeignId> {
    let Node::Text(text) = place.node else { return place.wrong_type(report, "digits in quotes") };
    let plain = (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    match ForeignId::parse(text.clone()) {
        Ok(id) if plain => Some(id),
        _ => place.fault(report, "must be 1 to 32 digits in quotes"),
    }
}
