//! The storage of the shop's page. It may be blocked, full, or changed by anybody.

use domain::visit::{Key, OutboxChange, Stored, changed_outbox};
use web_sys::{Storage, StorageEvent};

/// The keys of one store.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    prefix: String,
}

impl Kept {
    pub(crate) fn of(store: &str) -> Self {
        Self { prefix: ["openline:", store, ":"].concat() }
    }

    pub(crate) fn all(&self) -> Stored {
        Stored { token: self.get(Key::Token), outbox: self.get(Key::Outbox), visit: self.get(Key::Visit) }
    }

    pub(crate) fn put(&self, key: Key, value: &str) {
        if let Some(storage) = local() {
            // Blocked or full: the visit goes on in memory.
            let _ = storage.set_item(&self.name(key), value);
        }
    }

    pub(crate) fn discard(&self, key: Key) {
        if let Some(storage) = local() {
            let _ = storage.remove_item(&self.name(key));
        }
    }

    pub(crate) fn change_outbox(&self, change: &OutboxChange) {
        match changed_outbox(self.get(Key::Outbox).as_deref(), change) {
            Some(text) => self.put(Key::Outbox, &text),
            None => self.discard(Key::Outbox),
        }
    }

    /// What another tab changed, as it stands now: of two that wrote at once, both see the same.
    pub(crate) fn changed(&self, event: &StorageEvent) -> Vec<(Key, Option<String>)> {
        let name = event.key();
        let keys = [Key::Token, Key::Outbox, Key::Visit].into_iter();
        let touched = keys.filter(|key| name.as_ref().is_none_or(|name| *name == self.name(*key)));
        touched.map(|key| (key, self.get(key))).collect()
    }

    fn get(&self, key: Key) -> Option<String> {
        local()?.get_item(&self.name(key)).ok()?
    }

    fn name(&self, key: Key) -> String {
        let name = match key {
            Key::Token => "token",
            Key::Outbox => "outbox",
            Key::Visit => "visit",
        };
        [self.prefix.as_str(), name].concat()
    }
}

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
