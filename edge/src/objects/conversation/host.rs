//! Runs the conversation's machine: loads it, gives it inputs, stores what it says, shows it.

use super::super::alarm::Alarm;
use super::super::call::Who;
use super::super::sql::{Sql, transaction};
use super::burst::Burst;
use super::hear::Unheard;
use super::record::Record;
use super::rows::{self, Rows};
use super::sockets::Sockets;
use crate::clock;
use crate::config::Config;
use crate::error::{ApiError, ApiResult};
use crate::log;
use crate::settings::{self, Shop};
use domain::conversation::{self as machine, Conversation as Machine, Effect, Event, Input};
use domain::ids::Seq;
use domain::time::{Millis, UnixMillis};
use domain::wire::{Problem, ServerFrame, encode_server};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use worker::{Env, State};

/// How soon an erasure that failed is tried again.
const ERASE_RETRY: Millis = Millis::seconds(30);
/// How soon what an alarm rang for is tried again; the platform itself gives up after some minutes.
const ALARM_RETRY: Millis = Millis::minutes(1);
/// The same, where it will hardly go better soon.
const ALARM_RETRY_LATE: Millis = Millis::hours(1);

/// What surrounds the machine.
pub(super) struct Host {
    state: State,
    pub(super) env: Env,
    pub(super) config: Rc<Config>,
    pub(super) rows: Rows,
    sockets: Sockets,
    pub(super) unheard: Unheard,
    pub(super) burst: Burst,
    pub(super) alarm: Alarm,
    machine: RefCell<Option<Machine>>,
    who: RefCell<Option<Who>>,
    shop: RefCell<Option<Shop>>,
    /// Everything was deleted, or is being deleted: until the object's memory goes, its callers are told.
    forgotten: Cell<bool>,
    /// How many calls are under way whose results may still be written somewhere.
    pub(super) busy: Cell<u32>,
}

impl Host {
    pub(super) fn new(state: State, env: Env, config: Rc<Config>) -> Self {
        let rows = Rows::new(Sql::new(&state.storage()));
        let sockets = Sockets::find(&state);
        Self {
            state,
            env,
            config,
            rows,
            sockets,
            unheard: Unheard::default(),
            burst: Burst::default(),
            alarm: Alarm::default(),
            machine: RefCell::default(),
            who: RefCell::default(),
            shop: RefCell::default(),
            forgotten: Cell::default(),
            busy: Cell::default(),
        }
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    pub(super) fn sockets(&self) -> &Sockets {
        &self.sockets
    }

    pub(super) fn is_loaded(&self) -> bool {
        self.machine.borrow().is_some()
    }

    /// Whose conversation this is, once it is loaded.
    pub(super) fn who(&self) -> ApiResult<Who> {
        self.who.borrow().clone().ok_or_else(|| ApiError::bug("conversation")("not loaded"))
    }

    /// Loads the conversation its own storage (or, without any, the object's name) is of.
    pub(super) async fn load_own(self: &Rc<Self>) -> ApiResult<()> {
        if self.is_loaded() {
            return Ok(());
        }
        let stored = self.rows.meta("who")?.and_then(|text| serde_json::from_str(&text).ok());
        let named = || {
            let name = self.state.id().name()?;
            let (store, conversation) = name.split_once('/')?;
            Some(Who {
                store: store.to_owned().try_into().ok()?,
                conversation: conversation.to_owned().try_into().ok()?,
            })
        };
        let who: Option<Who> = stored.or_else(named);
        self.load(&who.ok_or_else(|| ApiError::bug("conversation")("nameless"))?).await
    }

    /// Has the machine ready: from the object's storage, else from KV, else a new one.
    pub(super) async fn load(self: &Rc<Self>, who: &Who) -> ApiResult<()> {
        if self.is_loaded() {
            return Ok(());
        }
        let now = clock::now();
        if self.forgotten.get() || self.rows.is_erased(now)? {
            return Err(Problem::Forgotten.into());
        }
        let shop = settings::load(&self.env, now, &who.store).await?.ok_or(Problem::NotFound)?;
        self.alarm.read(&self.state.storage()).await?;
        let segments = if self.rows.exist()? { Vec::new() } else { self.read_record(now, who).await? };
        if self.is_loaded() {
            return Ok(()); // another event was quicker
        }
        if self.forgotten.get() {
            return Err(Problem::Forgotten.into());
        }
        let config = self.machine_config(who, &shop);
        *self.who.borrow_mut() = Some(who.clone());
        *self.shop.borrow_mut() = Some(shop);
        if segments.is_empty() {
            let snapshot = self.rows.meta("checkpoint")?;
            let events = self.rows.all()?;
            let machine = match Machine::restore(config.clone(), snapshot.as_deref(), events.iter().cloned())
            {
                Ok(machine) => machine,
                Err(error) => {
                    log::error("checkpoint_not_understood", &[("cause", &error.to_string())]);
                    Machine::restore(config, None, events).map_err(ApiError::bug("restore"))?
                }
            };
            *self.machine.borrow_mut() = Some(machine);
        } else {
            self.rebuild(now, who, config, segments)?;
        }
        for (connection, visible) in self.sockets.greeted() {
            self.run(Input::Resumed { connection, visible })?;
        }
        Ok(())
    }

    async fn read_record(&self, now: UnixMillis, who: &Who) -> ApiResult<Vec<(Seq, Vec<Event>)>> {
        Record::new(&self.env, who)?.read(now, self.config.pace.keep_ms).await
    }

    /// The object's storage was lost: what KV has becomes its content again.
    fn rebuild(
        self: &Rc<Self>,
        now: UnixMillis,
        who: &Who,
        config: machine::Config,
        segments: Vec<(Seq, Vec<Event>)>,
    ) -> ApiResult<()> {
        self.rows.create(who)?;
        for (first, events) in &segments {
            let Some(last) = events.last() else { continue };
            self.rows.put_segment(*first, last.seq)?;
        }
        let mut events: Vec<Event> = segments.into_iter().flat_map(|(_, events)| events).collect();
        events.sort_by_key(|event| event.seq);
        events.dedup_by_key(|event| event.seq);
        for event in &events {
            self.rows.append(event)?;
        }
        log::info("rebuilt_from_kv", &[("store", &who.store), ("events", &events.len())]);
        let (machine, effects) = Machine::rebuild(config, now, events);
        *self.machine.borrow_mut() = Some(machine);
        let later = self.carry_out(now, effects, &mut Vec::new())?;
        self.perform_later(later);
        Ok(())
    }

    fn machine_config(&self, who: &Who, shop: &Shop) -> machine::Config {
        machine::Config {
            conversation: who.conversation.clone(),
            settings: Rc::clone(&shop.settings),
            utc_offset_minutes: shop.utc_offset_minutes,
            messenger: self.config.messenger.can_send() && shop.settings.channels.messenger.is_some(),
            pace: self.config.pace,
        }
    }

    /// Takes over settings that another request of this isolate has read meanwhile.
    fn take_settings(&self) {
        let Some(who) = self.who.borrow().clone() else { return };
        let Some(known) = settings::last_known(&who.store) else { return };
        let same = |shop: &Shop| {
            Rc::ptr_eq(&shop.settings, &known.settings) && shop.utc_offset_minutes == known.utc_offset_minutes
        };
        if self.shop.borrow().as_ref().is_some_and(same) {
            return;
        }
        if let Some(machine) = self.machine.borrow_mut().as_mut() {
            machine.configure(self.machine_config(&who, &known));
        }
        *self.shop.borrow_mut() = Some(known);
    }

    /// One turn, for its input's own sake; what takes time goes on after it.
    pub(super) fn run(self: &Rc<Self>, input: Input) -> ApiResult<()> {
        self.run_all([input])
    }

    /// One turn for several inputs: one commit, and one frame to each page.
    pub(super) fn run_all(self: &Rc<Self>, inputs: impl IntoIterator<Item = Input>) -> ApiResult<()> {
        let later = self.run_at(clock::now(), inputs, &mut Vec::new())?;
        self.perform_later(later);
        Ok(())
    }

    /// One turn: handle, persist, arm the alarm, show. Synchronous, so that nothing comes between; what it
    /// gives back takes time.
    pub(super) fn run_at(
        &self,
        now: UnixMillis,
        inputs: impl IntoIterator<Item = Input>,
        answers: &mut Vec<ServerFrame>,
    ) -> ApiResult<Vec<Effect>> {
        let effects = match self.machine.borrow_mut().as_mut() {
            Some(machine) => machine.handle_all(now, inputs),
            None => return Err(Problem::Forgotten.into()),
        };
        self.carry_out(now, effects, answers)
    }

    fn carry_out(
        &self,
        now: UnixMillis,
        effects: Vec<Effect>,
        answers: &mut Vec<ServerFrame>,
    ) -> ApiResult<Vec<Effect>> {
        let stored = self.persist(now, &effects);
        if stored.is_err() {
            // The machine is ahead of its storage: it is loaded anew for the next input.
            self.machine.borrow_mut().take();
        }
        stored?;
        let mut later = Vec::new();
        for effect in effects {
            match effect {
                Effect::Append(_)
                | Effect::Checkpoint(_)
                | Effect::Trim { .. }
                | Effect::Redact { flushed: false, .. } => {}
                Effect::Send { connection, frame } => {
                    self.sockets.send(&[connection], &encode_server(&frame));
                }
                Effect::Broadcast { to, frame } => self.sockets.send(&to, &encode_server(&frame)),
                Effect::Answer(frame) => answers.push(frame),
                Effect::Attach { connection, visible } => {
                    // Matters only once the object has slept.
                    drop(self.sockets.attach(connection, visible).map_err(ApiError::log));
                }
                Effect::Close { connection, code, reason } => self.sockets.close(connection, code, reason),
                Effect::Replay { connection, after } => {
                    let shown = self.replay_now(connection, after).map_err(ApiError::log);
                    if shown != Ok(true) {
                        self.sockets.set_behind(connection, true);
                        later.push(Effect::Replay { connection, after });
                    }
                }
                effect => later.push(effect),
            }
        }
        Ok(later)
    }

    fn persist(&self, now: UnixMillis, effects: &[Effect]) -> ApiResult<()> {
        let is_write = |effect: &&Effect| {
            matches!(
                effect,
                Effect::Append(_) | Effect::Redact { .. } | Effect::Checkpoint(_) | Effect::Trim { .. }
            )
        };
        // A single write is whole by itself.
        if effects.iter().filter(is_write).count() > 1 {
            transaction(&self.state.storage(), || self.write(effects))?;
        } else {
            self.write(effects)?;
        }
        if effects.contains(&Effect::Erase) {
            self.forgotten.set(true);
            self.machine.borrow_mut().take();
            return self.alarm.arm(&self.state.storage(), now, Some(now + ERASE_RETRY));
        }
        let wakeup = self.machine.borrow().as_ref().and_then(Machine::next_wakeup);
        self.alarm.arm(&self.state.storage(), now, wakeup)
    }

    fn write(&self, effects: &[Effect]) -> ApiResult<()> {
        for effect in effects {
            match effect {
                Effect::Append(event) => {
                    if !self.rows.exist()? {
                        self.rows.create(&self.who()?)?;
                    }
                    self.rows.append(event)?;
                }
                Effect::Redact { seq, flushed } => {
                    if *flushed {
                        self.rows.put_redaction(*seq)?;
                    }
                    for event in rows::decode(&self.rows.between(*seq, *seq)?)? {
                        self.rows.replace(&event.redacted())?;
                    }
                }
                Effect::Checkpoint(snapshot) => {
                    self.rows.create(&self.who()?)?;
                    self.rows.put_meta("checkpoint", snapshot.as_str())?;
                }
                Effect::Trim { up_to } => self.rows.trim(*up_to)?,
                Effect::Erase => {
                    self.rows.create(&self.who()?)?;
                    self.rows.put_erasing()?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whatever goes wrong, it rings again.
    pub(super) async fn alarm_rang(self: &Rc<Self>) -> ApiResult<()> {
        self.alarm.rang();
        let Err(error) = self.ring().await else { return Ok(()) };
        let pause =
            if matches!(error, ApiError::Unavailable { .. }) { ALARM_RETRY } else { ALARM_RETRY_LATE };
        error.log();
        self.arm_in(pause)
    }

    async fn ring(self: &Rc<Self>) -> ApiResult<()> {
        if self.rows.is_erasing()? {
            return self.erase().await;
        }
        if let Some(until) = self.rows.erased_until()? {
            return self.end_erasure(until).await;
        }
        if self.forgotten.get() {
            return Ok(());
        }
        self.load_own().await?;
        self.run(Input::Wake)?;
        self.redact_record().await
    }

    pub(super) fn arm_in(&self, pause: Millis) -> ApiResult<()> {
        let now = clock::now();
        self.alarm.arm(&self.state.storage(), now, Some(now + pause))
    }

    /// Nothing is stored any more.
    pub(super) fn erased(&self) {
        self.rows.dropped();
        self.alarm.rang();
        self.machine.borrow_mut().take();
    }

    /// The next one to come starts anew.
    pub(super) fn may_start_anew(&self) {
        self.forgotten.set(false);
    }

    /// Takes note of newer settings, asking KV when what the isolate knows is old.
    pub(super) async fn refresh_settings(&self) {
        let Ok(who) = self.who() else { return };
        let now = clock::now();
        if settings::is_stale(now, &who.store)
            && let Err(error) = settings::load(&self.env, now, &who.store).await
        {
            error.log();
        }
        self.take_settings();
    }

    pub(super) fn last_seq(&self) -> Seq {
        self.machine.borrow().as_ref().map(Machine::last_seq).unwrap_or_default()
    }
}
