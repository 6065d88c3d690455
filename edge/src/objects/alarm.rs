//! An object's one alarm, moved only to an earlier time.
//!
//! A later wake-up keeps the alarm where it is: it rings early, nothing is due, and it is armed again. So
//! a message that merely puts the next wake-up off costs no write.

use crate::error::{ApiError, ApiResult};
use domain::time::{Millis, UnixMillis};
use js_sys::{Date, Object};
use std::cell::Cell;
use worker::Storage;

/// What is known of the alarm.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    armed: Cell<Option<UnixMillis>>,
}

impl Alarm {
    /// Asks the storage, after the object was created anew.
    pub(super) async fn read(&self, storage: &Storage) -> ApiResult<()> {
        let armed = storage.get_alarm().await.map_err(ApiError::unavailable("alarm"))?;
        self.armed.set(armed.and_then(|at| u64::try_from(at).ok()).map(UnixMillis));
        Ok(())
    }

    /// It rings now, or was removed: none is armed.
    pub(super) fn rang(&self) {
        self.armed.set(None);
    }

    /// Makes sure that it rings at `at` or earlier. Synchronous, so that it is stored together with what
    /// was written before it. Never at once: an alarm set to "now" while it rings can be lost.
    pub(super) fn arm(&self, storage: &Storage, now: UnixMillis, at: Option<UnixMillis>) -> ApiResult<()> {
        let Some(at) = at.map(|at| at.max(now + Millis(1))) else { return Ok(()) };
        if self.armed.get().is_some_and(|armed| armed <= at) {
            return Ok(());
        }
        #[allow(clippy::cast_precision_loss)] // below 2^53
        let date = Date::new(&(at.0 as f64).into());
        // The promise needs no waiting: the output gate holds back what is said until it is stored.
        let stored = storage.as_raw().set_alarm(date, Object::new());
        stored.map(drop).map_err(|error| ApiError::bug("alarm")(format!("{error:?}")))?;
        self.armed.set(Some(at));
        Ok(())
    }
}
