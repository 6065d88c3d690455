//! The one timer, armed from `Visit::next_wakeup`.

use domain::time::UnixMillis;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Longer waits wrap around in browsers; waking early is harmless.
const LONGEST_MS: u64 = 6 * 60 * 60 * 1_000;

pub(crate) struct Timer {
    closure: Closure<dyn FnMut()>,
    armed: Option<(i32, UnixMillis)>,
}

impl Timer {
    pub(crate) fn new(run: impl FnMut() + 'static) -> Self {
        Self { closure: Closure::new(run), armed: None }
    }

    pub(crate) fn arm(&mut self, now: UnixMillis, at: Option<UnixMillis>) {
        if self.armed.map(|(_, at)| at) == at && at.is_none_or(|at| at > now) {
            return;
        }
        let Some(window) = web_sys::window() else { return };
        if let Some((id, _)) = self.armed.take() {
            window.clear_timeout_with_handle(id);
        }
        if let Some(at) = at {
            // One more than asked for: timers may fire a fraction early.
            let wait = i32::try_from(at.since(now).0.min(LONGEST_MS) + 1).unwrap_or(i32::MAX);
            let run = self.closure.as_ref().unchecked_ref();
            if let Ok(id) = window.set_timeout_with_callback_and_timeout_and_arguments_0(run, wait) {
                self.armed = Some((id, at));
            }
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some((id, _)), Some(window)) = (self.armed, web_sys::window()) {
            window.clear_timeout_with_handle(id);
        }
    }
}
