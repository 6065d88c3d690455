//! Meta's deletion callback names a person by an id of our app, not by the one their messages carry; so the
//! Graph API must be asked who that is on the store's page, and may not answer at once.

use super::super::call::{Deletion, DeletionStatus};
use super::super::sql::{Sql, number, text, whole};
use super::host::Host;
use crate::channels::messenger;
use crate::clock;
use crate::error::ApiResult;
use domain::channel::{Address, Channel};
use domain::desk::{Input, Records};
use domain::ids::{ConversationId, ForeignId};
use domain::time::{Millis, UnixMillis};
use std::rc::Rc;

const RETRY_AFTER: Millis = Millis::minutes(10);
/// Without a page and its token nobody can be asked.
const RETRY_WITHOUT_PAGE_AFTER: Millis = Millis::days(1);
/// For how long a person may ask how far their deletion is.
const KEEP: Millis = Millis::days(90);

/// When the next one must be pursued.
pub(super) fn due_at(sql: &Sql) -> ApiResult<Option<UnixMillis>> {
    Ok(sql.numbers("SELECT MIN(due_at) FROM deletion", vec![])?.first().copied().map(UnixMillis))
}

impl Host {
    /// Notes that a person wants to be forgotten.
    pub(super) fn accept_deletion(&self, deletion: &Deletion) -> ApiResult<()> {
        let now = clock::now();
        self.write(|_| {
            self.sql.run("DELETE FROM deletion WHERE accepted_at < ? AND due_at IS NULL", vec![number((now - KEEP).0)])?;
            self.sql.run(
                "INSERT INTO deletion (code, user, conversation, accepted_at, due_at) VALUES (?, ?, NULL, ?, ?)",
                vec![deletion.code.as_str().into(), deletion.user.as_str().into(), number(now.0), number(now.0)],
            )
        })?
    }

    /// How far it is.
    pub(super) fn deletion_status(&self, code: &str) -> ApiResult<Option<DeletionStatus>> {
        let query = "SELECT due_at IS NOT NULL, conversation FROM deletion WHERE code = ?";
        let Some(row) = self.sql.rows(query, vec![code.into()])?.into_iter().next() else { return Ok(None) };
        let mut columns = row.into_iter();
        let waiting = whole(columns.next()) == Some(1);
        let conversations = text(columns.next()).unwrap_or_default();
        let conversations: Vec<ConversationId> =
            conversations.split_whitespace().filter_map(|id| ConversationId::parse(id).ok()).collect();
        if conversations.is_empty() {
            return Ok(Some(if waiting { DeletionStatus::Pending } else { DeletionStatus::NothingFound }));
        }
        // A conversation takes its addresses along when it goes.
        let gone = self.write(|records| !conversations.iter().any(|of| records.is_bound(of)))?;
        Ok(Some(if gone { DeletionStatus::Done } else { DeletionStatus::Pending }))
    }

    /// Asks who the persons are, and forgets them.
    pub(super) async fn pursue_deletions(self: &Rc<Self>) -> ApiResult<()> {
        let now = clock::now();
        if due_at(&self.sql)?.is_none_or(|due| due > now) {
            return Ok(());
        }
        let query = "SELECT code, user FROM deletion WHERE due_at <= ?";
        for row in self.sql.rows(query, vec![number(now.0)])? {
            let mut columns = row.into_iter();
            let code = text(columns.next()).unwrap_or_default();
            let user = text(columns.next()).and_then(|user| ForeignId::parse(user).ok());
            let page = self.page()?;
            let wait = if page.is_some() { RETRY_AFTER } else { RETRY_WITHOUT_PAGE_AFTER };
            let again = number((now + wait).0);
            let statement = "UPDATE deletion SET due_at = ? WHERE code = ?";
            self.write(|_| self.sql.run(statement, vec![again, code.as_str().into()]))??;
            let (Some(user), Some(page)) = (user, page) else { continue };
            match messenger::id_for_page(self.messenger(), &user, &page.page_id).await {
                Ok(person) => self.forget(&code, person, &page.page_id)?,
                Err(error) => {
                    error.log();
                }
            }
        }
        Ok(())
    }

    fn forget(self: &Rc<Self>, code: &str, person: Option<ForeignId>, page: &ForeignId) -> ApiResult<()> {
        let address =
            person.map(|person| Address { channel: Channel::Messenger, account: page.clone(), person });
        let mut conversations = Vec::new();
        if let Some(address) = &address {
            conversations = self.write(|records| {
                records.formers_at(address).into_iter().chain(records.conversation_at(address)).collect()
            })?;
        }
        let statement = "UPDATE deletion SET due_at = NULL, user = NULL, conversation = ? WHERE code = ?";
        let conversations: Vec<String> = conversations.into_iter().map(String::from).collect();
        let conversation = conversations.join(" ");
        self.write(|_| self.sql.run(statement, vec![conversation.into(), code.into()]))??;
        if let Some(address) = address {
            self.run(Input::ForgetPerson(address))?;
        }
        Ok(())
    }
}
