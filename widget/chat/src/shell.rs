//! The browser, as `shell.js` gives it: what comes from it as messages, what is done in it for effects.

use crate::app::Msg;
use crate::text::joined;
use domain::ids::{MessageId, Seq};
use domain::message::{Author, Page};
use domain::time::UnixMillis;
use domain::visit::{
    Attempt, Failure, Input, Key, Look, OutboxChange, PageEvent, Stored, Surroundings, changed_outbox,
    decimal, decode_frame,
};
use domain::wire::{Corner, Theme};
use wasm_bindgen::prelude::*;

/// A time beyond every timer.
const NEVER_MS: f64 = -1.0;

// Resolved by the build, which bundles `widget/chat/shell.js`.
#[wasm_bindgen(raw_module = "shell")]
extern "C" {
    #[wasm_bindgen(js_name = Shell)]
    pub(crate) type Shell;
    #[wasm_bindgen(constructor, js_class = Shell, catch)]
    fn new(
        host: &JsValue,
        place: &JsValue,
        store: &str,
        colors: &str,
        tell: &JsValue,
    ) -> Result<Shell, JsValue>;
    #[wasm_bindgen(method)]
    fn destroy(this: &Shell);
    #[wasm_bindgen(method, js_name = emit)]
    fn emit_detail(this: &Shell, name: &str, detail: Vec<String>);
    #[wasm_bindgen(method)]
    fn launcher(this: &Shell, open: bool, unread: u32, quiet_until: f64);
    #[wasm_bindgen(method, js_name = isMuted)]
    pub(crate) fn is_muted(this: &Shell) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn mute(this: &Shell, muted: bool);
    #[wasm_bindgen(method)]
    fn unread(this: &Shell, count: u32);
    #[wasm_bindgen(method)]
    fn seed(this: &Shell) -> f64;
    #[wasm_bindgen(method, js_name = freshId)]
    fn fresh(this: &Shell) -> String;
    #[wasm_bindgen(method, js_name = utcOffsetMinutes)]
    fn utc_offset_minutes(this: &Shell) -> i32;
    #[wasm_bindgen(method, js_name = isOnline)]
    fn is_online(this: &Shell) -> bool;
    #[wasm_bindgen(method, js_name = isVisible)]
    fn is_visible(this: &Shell) -> bool;
    #[wasm_bindgen(method, js_name = here)]
    fn page(this: &Shell) -> Vec<String>;
    #[wasm_bindgen(method)]
    fn wake(this: &Shell, after_ms: f64);
    #[wasm_bindgen(method)]
    pub(crate) fn locale(this: &Shell, tag: &str);
    #[wasm_bindgen(method)]
    fn time(this: &Shell, at: f64) -> String;
    #[wasm_bindgen(method)]
    fn day(this: &Shell, number: f64) -> String;
    #[wasm_bindgen(method)]
    fn kept(this: &Shell, name: &str) -> Option<String>;
    #[wasm_bindgen(method, js_name = keep)]
    fn keep_text(this: &Shell, name: &str, text: Option<&str>);
    #[wasm_bindgen(method)]
    pub(crate) fn connect(this: &Shell, attempt: u32, url: &str, protocols: Vec<String>);
    #[wasm_bindgen(method)]
    pub(crate) fn send(this: &Shell, text: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn disconnect(this: &Shell);
    #[wasm_bindgen(method)]
    pub(crate) fn ask(
        this: &Shell,
        number: u32,
        method: &str,
        url: &str,
        token: Option<&str>,
        body: Option<&str>,
    );
    #[wasm_bindgen(method, js_name = isPhone)]
    pub(crate) fn is_phone(this: &Shell) -> bool;
    #[wasm_bindgen(method, js_name = isSameOrigin)]
    pub(crate) fn is_same_origin(this: &Shell, url: &str) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn fit(this: &Shell);
    #[wasm_bindgen(method, js_name = rememberOpener)]
    pub(crate) fn remember_opener(this: &Shell);
    #[wasm_bindgen(method, js_name = returnFocus)]
    pub(crate) fn return_focus(this: &Shell);
    #[wasm_bindgen(method)]
    pub(crate) fn reveal(this: &Shell, composer: &JsValue) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn write(this: &Shell, field: &JsValue, text: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn grow(this: &Shell, field: &JsValue);
    #[wasm_bindgen(method, js_name = toEnd)]
    pub(crate) fn to_end(this: &Shell, log: &JsValue);
    #[wasm_bindgen(method, js_name = isAtEnd)]
    pub(crate) fn is_at_end(this: &Shell, log: &JsValue) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn copy(this: &Shell, text: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn download(this: &Shell, name: &str, text: &str);
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
}

/// The time of the shopper's device.
pub(crate) fn now() -> UnixMillis {
    // Milliseconds since 1970 are far below 2^53 and never negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    UnixMillis(date_now() as u64)
}

/// What `tell` was called with, as a message. The numbers are those of `shell.js`.
pub(crate) fn heard(kind: u32, number: u32, text: Option<String>) -> Option<Msg> {
    let attempt = Attempt(number);
    Some(Msg::Visit(match kind {
        0 => Input::SocketOpened(attempt),
        1 => Input::SocketClosed { attempt, code: text?.parse().unwrap_or(1006) },
        2 => Input::FrameReceived { attempt, frame: decode_frame(&text?) },
        3 => return Some(Msg::Answer(number, answer(&text?))),
        4 => Input::Online,
        5 => Input::Offline,
        6 => Input::VisibilityChanged(number != 0),
        7 => Input::PageShown,
        8 => Input::TabStored(
            match number {
                0 => Key::Token,
                1 => Key::Outbox,
                _ => Key::Visit,
            },
            text,
        ),
        9 => Input::Wake,
        11 => return Some(Msg::Act(number, text?)),
        12 => return Some(Msg::Wrote),
        13 => return Some(Msg::Back),
        14 => return Some(Msg::Scrolled),
        _ => return Some(Msg::Room),
    }))
}

/// "STATUS RETRY_AFTER BODY".
fn answer(text: &str) -> Result<String, Failure> {
    let mut parts = text.splitn(3, ' ');
    let mut number = || parts.next().and_then(|part| part.parse::<u64>().ok()).unwrap_or(0);
    let (status, retry_after_s) = (number(), number());
    match status {
        200..=299 => Ok(parts.next().unwrap_or_default().to_owned()),
        429 => Err(Failure::SlowDown { retry_after_ms: retry_after_s.saturating_mul(1_000) }),
        410 => Err(Failure::Forgotten),
        400..=499 if status != 408 => Err(Failure::Refused),
        _ => Err(Failure::Unavailable),
    }
}

/// Where to ask for what came after `after`, or for the newest.
pub(crate) fn events_path(after: Option<Seq>) -> String {
    let query = after.map(|after| joined(&["?after=", &decimal(after.0)]));
    joined(&["/events", &query.unwrap_or_default()])
}

impl Shell {
    pub(crate) fn begin(
        host: &JsValue,
        place: &JsValue,
        store: &str,
        theme: &Theme,
        tell: &JsValue,
    ) -> Result<Self, JsValue> {
        Self::new(host, place, store, &variables(theme), tell)
    }

    pub(crate) fn end(&self) {
        self.destroy();
    }

    pub(crate) fn emit(&self, event: PageEvent) {
        let (name, detail) = match event {
            PageEvent::Open => ("open", Vec::new()),
            PageEvent::Close => ("close", Vec::new()),
            PageEvent::Message { id, author } => {
                let author = match author {
                    Author::Shopper => "shopper",
                    Author::Bot => "bot",
                    Author::Staff { .. } => "staff",
                };
                ("message", vec!["id".to_owned(), id.into(), "author".to_owned(), author.to_owned()])
            }
            PageEvent::Error(code) => ("error", vec!["code".to_owned(), code.to_owned()]),
            PageEvent::Unread(count) => return self.unread(count),
        };
        self.emit_detail(name, detail);
    }

    pub(crate) fn tell_launcher(&self, open: bool, unread: u32, quiet_until: UnixMillis) {
        #[allow(clippy::cast_precision_loss)] // exact below 2^53
        self.launcher(open, unread, quiet_until.0 as f64);
    }

    pub(crate) fn stored(&self) -> Stored {
        Stored { token: self.kept("token"), outbox: self.kept("outbox"), visit: self.kept("visit") }
    }

    pub(crate) fn surroundings(&self) -> Surroundings {
        // Between 0 and 2^32.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let seed = self.seed() as u64;
        Surroundings {
            visible: self.is_visible(),
            online: self.is_online(),
            utc_offset_min: self.utc_offset_minutes(),
            seed,
        }
    }

    pub(crate) fn fresh_id(&self) -> Option<MessageId> {
        MessageId::parse(self.fresh()).ok()
    }

    pub(crate) fn here(&self) -> Option<Page> {
        let mut parts = self.page().into_iter();
        Some(Page {
            url: parts.next()?,
            title: parts.next()?,
            product: parts.next().filter(|id| !id.is_empty()),
            locale: parts.next().filter(|tag| !tag.is_empty()),
        })
    }

    pub(crate) fn arm(&self, now: UnixMillis, at: Option<UnixMillis>) {
        // Exact below 2^53.
        #[allow(clippy::cast_precision_loss)]
        self.wake(at.map_or(NEVER_MS, |at| at.since(now).0 as f64));
    }

    pub(crate) fn keep(&self, key: Key, text: Option<&str>) {
        let name = match key {
            Key::Token => "token",
            Key::Outbox => "outbox",
            Key::Visit => "visit",
        };
        self.keep_text(name, text);
    }

    pub(crate) fn change_outbox(&self, change: &OutboxChange) {
        let changed = changed_outbox(self.kept("outbox").as_deref(), change);
        self.keep(Key::Outbox, changed.as_deref());
    }

    /// The time of day, in the shopper's zone and the page's language.
    pub(crate) fn time_of(&self, at: UnixMillis) -> String {
        #[allow(clippy::cast_precision_loss)]
        self.time(at.0 as f64)
    }

    /// A day by its number since 1970-01-01.
    pub(crate) fn name_of_day(&self, day: i64, today: i64) -> String {
        match today.saturating_sub(day) {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            #[allow(clippy::cast_precision_loss)]
            _ => self.day(day as f64),
        }
    }
}

fn variables(theme: &Theme) -> String {
    let look = Look::of(&theme.color);
    let offset = decimal(theme.offset_px.min(200));
    let side = match theme.corner {
        Corner::Left => "--ol-left:var(--ol-offset);--ol-right:auto;--ol-origin:0 100%",
        Corner::Right => "--ol-right:var(--ol-offset);--ol-left:auto;--ol-origin:100% 100%",
    };
    joined(&[
        ":host{--ol-accent:",
        &look.accent,
        ";--ol-on-accent:",
        look.on_accent,
        ";--ol-accent-on-light:",
        &look.accent_on_light,
        ";--ol-accent-on-dark:",
        &look.accent_on_dark,
        ";--ol-offset:",
        &offset,
        "px;",
        side,
        "}",
    ])
}
