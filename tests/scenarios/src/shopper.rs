//! A shopper's browser: the visit's shell, natively. Storage survives reloads; sockets do not.

use domain::ids::MessageId;
use domain::time::UnixMillis;
use domain::visit::{Effect, Input, Key, PageEvent, Said, Stored, Surroundings, Visit, changed_outbox};
use std::collections::BTreeMap;

/// One page of the shop, and the storage all its pages share.
pub struct Shopper {
    visit: Visit,
    /// What the browser keeps for the shop.
    pub storage: BTreeMap<&'static str, String>,
    settings: domain::wire::WidgetSettings,
    said: u64,
    /// What the page's scripts were told.
    pub told: Vec<PageEvent>,
    /// Whether the shopper has acted: before that nothing may be stored.
    pub acted: bool,
}

impl Shopper {
    /// A browser that was never here.
    pub fn new(settings: domain::wire::WidgetSettings) -> Self {
        Self {
            visit: Visit::new(settings.clone()),
            storage: BTreeMap::new(),
            settings,
            said: 0,
            told: Vec::new(),
            acted: false,
        }
    }

    /// What the panel shows.
    pub fn visit(&self) -> &Visit {
        &self.visit
    }

    /// The page (re)loads.
    pub fn load(&mut self, now: UnixMillis, seed: u64) -> Vec<Effect> {
        self.visit = Visit::new(self.settings.clone());
        let stored = Stored {
            token: self.storage.get(name(Key::Token)).cloned(),
            outbox: self.storage.get(name(Key::Outbox)).cloned(),
            visit: self.storage.get(name(Key::Visit)).cloned(),
        };
        let surroundings = Surroundings { visible: true, online: true, utc_offset_min: 0, seed };
        self.handle(now, Input::Started { stored, surroundings })
    }

    /// The shopper says something; returns its id too.
    pub fn say(&mut self, now: UnixMillis, text: &str) -> (MessageId, Vec<Effect>) {
        self.said += 1;
        self.acted = true;
        let id = MessageId::parse(format!("c{}", self.said)).unwrap();
        let said = Said { id: id.clone(), text: text.into(), page: None };
        (id, self.handle(now, Input::Sent(said)))
    }

    /// Anything else; what concerns only the browser is done here, the rest is returned.
    pub fn handle(&mut self, now: UnixMillis, input: Input) -> Vec<Effect> {
        if matches!(input, Input::Opened) {
            self.acted = true;
        }
        let mut rest = Vec::new();
        for effect in self.visit.handle(now, input) {
            match effect {
                Effect::Keep(key, text) => {
                    assert!(self.acted, "stored before the shopper acted");
                    self.storage.insert(name(key), text);
                }
                Effect::Discard(key) => {
                    self.storage.remove(name(key));
                }
                Effect::KeepUnsent(change) => {
                    assert!(self.acted, "stored before the shopper acted");
                    let stored = self.storage.get(name(Key::Outbox)).map(String::as_str);
                    match changed_outbox(stored, &change) {
                        Some(text) => self.storage.insert(name(Key::Outbox), text),
                        None => self.storage.remove(name(Key::Outbox)),
                    };
                }
                Effect::Emit(event) => self.told.push(event),
                other => rest.push(other),
            }
        }
        rest
    }
}

fn name(key: Key) -> &'static str {
    match key {
        Key::Token => "token",
        Key::Outbox => "outbox",
        Key::Visit => "visit",
    }
}
