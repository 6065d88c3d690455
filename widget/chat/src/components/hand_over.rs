//! The way on to another channel: a link for a phone, a QR code beside it on a desktop, a code to type.

use super::panel::Scene;
use super::piece::{Act, anchor, button, el, line, line_of, said_line, text};
use super::sheet::sheet;
use crate::app::Msg;
use crate::text::joined;
use crate::words;
use domain::channel::Channel;
use domain::message::is_safe_link;
use domain::visit::{HandOverView, Input, decimal};
use domain::wire::Link;
use yew::prelude::*;

/// Modules around a QR code, ISO/IEC 18004.
const QUIET_ZONE: usize = 4;

pub(crate) fn hand_over(scene: &Scene<'_>) -> Html {
    let hand_over = &scene.view.hand_over;
    let channel = if let HandOverView::Ready(link) = hand_over {
        link.channel
    } else {
        let mut channels = scene.settings.channels.iter().copied();
        channels.find(|channel| *channel != Channel::Widget).unwrap_or(Channel::Messenger)
    };
    let mut inside = match hand_over {
        HandOverView::Closed | HandOverView::Asked => vec![said_line("", "status", "One moment\u{2026}")],
        HandOverView::Ready(link) => ready(link, scene),
        HandOverView::Expired => vec![
            said_line("", "status", "This link has expired."),
            button("main", "Get a new link", scene.acts, Act::Continue(channel)),
        ],
        HandOverView::Failed => vec![
            said_line("", "alert", "No link could be had just now."),
            button("main", "Try again", scene.acts, Act::Continue(channel)),
        ],
    };
    inside.push(button("quiet", "Back to the chat", scene.acts, Act::Do(|| Msg::Visit(Input::LinkClosed))));
    sheet(&joined(&["Continue in ", words::channel(channel)]), inside)
}

fn ready(link: &Link, scene: &Scene<'_>) -> Vec<Html> {
    let mut inside = Vec::new();
    if scene.shell.is_phone() {
        inside.push(line("", "The same conversation, in the app on this phone."));
    } else {
        inside.push(line("", "Scan this with your phone: the same conversation goes on there."));
        inside.push(qr(&link.qr));
    }
    if is_safe_link(&link.url) {
        let label = vec![text("Open "), text(words::channel(link.channel))];
        inside.push(anchor("main", &link.url, label));
    }
    inside.push(line_of(
        "code",
        vec![
            text("If it asks who you are, type "),
            el("code", &[], &[], vec![text(link.code.clone())]).into(),
            button("quiet", "Copy", scene.acts, Act::Copy(link.code.clone())),
        ],
    ));
    inside
}

fn qr(rows: &str) -> Html {
    let size = decimal(rows.lines().count() + QUIET_ZONE * 2);
    let view_box = joined(&["-4 -4 ", &size, " ", &size]);
    let path = el("path", &["d"], &[&qr_path(rows)], Vec::new()).into();
    let values = ["qr", &view_box, "img", "QR code"];
    el("svg", &["class", "viewBox", "role", "aria-label"], &values, vec![path]).into()
}

/// One stroke for every run of dark modules.
fn qr_path(rows: &str) -> String {
    let mut path = String::new();
    for (y, row) in rows.lines().enumerate() {
        let mut x = 0;
        for run in row.as_bytes().chunk_by(|one, other| one == other) {
            if run.first() == Some(&b'1') {
                let width = decimal(run.len());
                path.push_str(&joined(&[
                    "M",
                    &decimal(x),
                    " ",
                    &decimal(y),
                    "h",
                    &width,
                    "v1h-",
                    &width,
                    "z",
                ]));
            }
            x += run.len();
        }
    }
    path
}
