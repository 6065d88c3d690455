//! Runs the desk: gives it inputs, stores what it says in one transaction, does it.

use super::super::alarm::Alarm;
use super::super::call::{self, ToConversation, Who};
use super::super::sql::{Sql, transaction};
use super::records::SqliteRecords;
use super::under_way::UnderWay;
use crate::channels::messenger;
use crate::clock;
use crate::config::Config;
use crate::error::{ApiError, ApiResult};
use crate::log;
use crate::random;
use crate::settings::{self, Shop};
use domain::desk::{self, Effect, ForwardOutcome, Input, Records as _};
use domain::ids::{ConversationId, StoreId};
use domain::store::MessengerPage;
use domain::time::UnixMillis;
use domain::wire::Problem;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use worker::{Env, State};

/// The note that holds the store's own id.
const STORE: &str = "store";

/// What surrounds the desk.
pub(super) struct Host {
    state: State,
    env: Env,
    config: Rc<Config>,
    pub(super) sql: Sql,
    alarm: Alarm,
    alarm_known: Cell<bool>,
    under_way: RefCell<UnderWay>,
    created: Cell<bool>,
    store: RefCell<Option<StoreId>>,
    shop: RefCell<Option<Shop>>,
}

impl Host {
    pub(super) fn new(state: State, env: Env, config: Rc<Config>) -> Self {
        let sql = Sql::new(&state.storage());
        Self {
            state,
            env,
            config,
            sql,
            alarm: Alarm::default(),
            alarm_known: Cell::default(),
            under_way: RefCell::default(),
            created: Cell::default(),
            store: RefCell::default(),
            shop: RefCell::default(),
        }
    }

    /// Has the settings and the rows ready.
    pub(super) async fn load(&self, store: &StoreId) -> ApiResult<()> {
        let shop = settings::load(&self.env, clock::now(), store).await?.ok_or(Problem::NotFound)?;
        *self.shop.borrow_mut() = Some(shop);
        if !self.alarm_known.get() {
            self.alarm.read(&self.state.storage()).await?;
            self.alarm_known.set(true);
        }
        if self.store.borrow().is_none() {
            *self.store.borrow_mut() = Some(store.clone());
            let checked = self.write(|records| {
                records.put_note(STORE, Some(store.as_str()));
                super::subscription::due_at(records).is_some()
            })?;
            if !checked {
                self.check_subscription_soon()?;
            }
        }
        Ok(())
    }

    /// One input, as one transaction. What takes time goes on after it; what answers the caller is given.
    pub(super) fn run(self: &Rc<Self>, input: Input) -> ApiResult<Vec<Effect>> {
        let now = clock::now();
        let config = desk::Config {
            settings: Rc::clone(&self.shop()?.settings),
            link_base: self.config.messenger.link_base.clone(),
            pace: self.config.pace,
        };
        let effects = self.write(|records| desk::handle(now, &config, records, input))?;
        let (answers, calls) = effects.into_iter().partition(is_answer);
        for call in calls {
            if let Effect::Warn(what) = &call {
                log::warn("desk", &[("store", &self.store()?), ("what", what)]);
            }
            let host = Rc::clone(self);
            self.state.wait_until(async move { host.perform(call).await });
        }
        Ok(answers)
    }

    /// Reads and writes rows in one transaction, then arms the alarm for what they say.
    pub(super) fn write<T>(&self, work: impl FnOnce(&mut SqliteRecords) -> T) -> ApiResult<T> {
        let storage = self.state.storage();
        let (value, wakeup) = transaction(&storage, || {
            if !self.created.get() {
                SqliteRecords::create(&self.sql)?;
            }
            let mut records = SqliteRecords::new(&self.sql);
            let value = work(&mut records);
            let wakeup = [
                desk::next_wakeup(&records),
                super::subscription::due_at(&records),
                super::deletion::due_at(&self.sql)?,
            ];
            records.finish()?;
            Ok((value, wakeup.into_iter().flatten().min()))
        })?;
        self.created.set(true);
        self.alarm.arm(&storage, clock::now(), wakeup)?;
        Ok(value)
    }

    async fn perform(self: Rc<Self>, effect: Effect) {
        let result = match effect {
            Effect::Forward { number, conversation, forward } => {
                if !self.under_way.borrow_mut().begins(number, clock::now()) {
                    return;
                }
                let outcome = self.forward(conversation, ToConversation::Take(forward)).await;
                self.under_way.borrow_mut().ended(number);
                match outcome {
                    Ok(outcome) => Input::ForwardFinished { number, outcome },
                    Err(error) => {
                        error.log();
                        Input::ForwardFinished { number, outcome: ForwardOutcome::Failed }
                    }
                }
            }
            Effect::Send { number, account, body } => {
                let result = messenger::send(&self.config.messenger, &account, &body).await;
                Input::SendFinished { number, result }
            }
            Effect::Link(_) | Effect::Invite(_) | Effect::StaffRemoved(_) | Effect::Warn(_) => return,
        };
        if let Err(error) = self.run(result) {
            error.log();
        }
    }

    /// Hands something to a conversation.
    async fn forward(&self, conversation: ConversationId, ask: ToConversation) -> ApiResult<ForwardOutcome> {
        let who = Who { store: self.store()?, conversation };
        match call::conversation::<()>(&self.env, &who, ask).await {
            Ok(()) => Ok(ForwardOutcome::Taken),
            // Any other refusal is not about what is handed over: settings not to be seen there yet, say.
            Err(error) if error.is(Problem::Forgotten) => {
                Ok(ForwardOutcome::Gone { fresh: random::conversation()? })
            }
            Err(error) => Err(error),
        }
    }

    pub(super) async fn alarm_rang(self: &Rc<Self>) -> ApiResult<()> {
        self.alarm.rang();
        let stored = self.write(|records| records.note(STORE))?;
        let named = || self.state.id().name();
        let Some(store) = stored.or_else(named).and_then(|store| StoreId::parse(store).ok()) else {
            return Ok(());
        };
        match self.load(&store).await {
            Ok(()) => {}
            Err(ApiError::Rejected(_)) => return Ok(()), // the store is gone
            Err(error) => return Err(error),
        }
        self.run(Input::Wake)?;
        self.check_subscription().await?;
        self.pursue_deletions().await
    }

    /// Why nothing may be sent from the account now, if so.
    pub(super) fn account_stopped(&self) -> ApiResult<Option<String>> {
        let now = clock::now();
        self.write(|records| desk::account_stopped(records, now))
    }

    pub(super) fn shop(&self) -> ApiResult<Shop> {
        self.shop.borrow().clone().ok_or_else(|| ApiError::bug("store")("not loaded"))
    }

    fn store(&self) -> ApiResult<StoreId> {
        self.store.borrow().clone().ok_or_else(|| ApiError::bug("store")("not loaded"))
    }

    /// The store's page, if messages can be sent from it.
    pub(super) fn page(&self) -> ApiResult<Option<MessengerPage>> {
        let page = self.shop()?.settings.channels.messenger.clone();
        Ok(page.filter(|_| self.config.messenger.can_send()))
    }

    pub(super) fn messenger(&self) -> &crate::config::Messenger {
        &self.config.messenger
    }
}

/// Whether an effect is for the caller.
fn is_answer(effect: &Effect) -> bool {
    matches!(effect, Effect::Link(_) | Effect::Invite(_) | Effect::StaffRemoved(_))
}

/// A time as a note has it.
pub(super) fn parse_time(text: &str) -> Option<UnixMillis> {
    text.parse().ok().map(UnixMillis)
}
