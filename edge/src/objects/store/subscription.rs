//! Whether the page still tells us of its messages. After an hour of failed webhooks Meta unsubscribes an app,
//! and says so nowhere a program would see it (developers.facebook.com/docs/messenger-platform/webhooks).

use super::host::{Host, parse_time};
use super::records::SqliteRecords;
use crate::channels::messenger;
use crate::clock;
use crate::error::{ApiError, ApiResult};
use crate::log;
use domain::desk::{Input, Records};
use domain::time::{Millis, UnixMillis};
use std::rc::Rc;

const CHECK_EVERY: Millis = Millis::hours(1);
/// The note that holds when to look next.
const DUE: &str = "subscription_due";

/// When to look next.
pub(super) fn due_at(records: &SqliteRecords) -> Option<UnixMillis> {
    records.note(DUE).and_then(|due| parse_time(&due))
}

impl Host {
    /// Looks as soon as the caller was answered.
    pub(super) fn check_subscription_soon(&self) -> ApiResult<()> {
        if self.page()?.is_none() {
            // Without a page there is nothing to look at until there is one.
            return self.write(|records| records.put_note(DUE, None));
        }
        let now = clock::now();
        self.write(|records| records.put_note(DUE, Some(&now.0.to_string())))
    }

    /// Looks, if it is time, and subscribes again where that is needed.
    pub(super) async fn check_subscription(self: &Rc<Self>) -> ApiResult<()> {
        let now = clock::now();
        if self.write(|records| due_at(records))?.is_none_or(|due| due > now) {
            return Ok(());
        }
        let page = self.page()?;
        let next = page.as_ref().map(|_| (now + CHECK_EVERY).0.to_string());
        self.write(|records| records.put_note(DUE, next.as_deref()))?;
        let Some(page) = page else { return Ok(()) };
        let subscribed = match messenger::is_subscribed(self.messenger(), &page.page_id, &page.app_id).await {
            Ok(subscribed) => subscribed,
            Err(error) => {
                error.log();
                return Ok(());
            }
        };
        if subscribed.is_some() {
            self.run(Input::AccountWorks)?;
        }
        if subscribed == Some(false) {
            let taken = messenger::subscribe(self.messenger(), &page.page_id).await.map_err(ApiError::log);
            log::warn("subscribed_again", &[("taken", &taken.unwrap_or(false))]);
        }
        match messenger::has_get_started(self.messenger(), &page.page_id).await {
            Ok(Some(false)) => {
                let set = messenger::set_get_started(self.messenger(), &page.page_id).await;
                log::info("get_started_set", &[("taken", &set.map_err(ApiError::log).unwrap_or(false))]);
            }
            Ok(_) => {}
            Err(error) => {
                error.log();
            }
        }
        Ok(())
    }
}
