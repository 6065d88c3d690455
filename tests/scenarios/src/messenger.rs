//! Messenger, as far as the edge can see it: it takes sends, echoes them, retries webhooks, misbehaves.

use crate::random::Random;
use domain::conversation::SendResult;
use serde_json::{Value, json};

/// The Page of the demo store.
pub const PAGE: &str = "104400000000001";
/// Our app.
pub const APP: &str = "900100200300";
/// The Page inbox's app.
pub const PAGE_INBOX: &str = "263902037430900";

/// How Messenger misbehaves, in percent of sends.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// Refused with a rate limit; not sent.
    pub throttled: u64,
    /// Refused with 5xx; not sent.
    pub unavailable: u64,
    /// Sent, but answered with an error.
    pub sent_but_error: u64,
    /// Sent, but the answer is lost.
    pub answer_lost: u64,
}

/// A bubble in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bubble {
    /// Messenger's id.
    pub mid: String,
    /// Whose thread.
    pub person: String,
    /// Whether the store wrote it.
    pub from_store: bool,
    /// What it says.
    pub text: String,
    /// What the sender attached.
    pub metadata: Option<String>,
}

/// Messenger.
#[derive(Debug, Default)]
pub struct Messenger {
    /// Every thread's bubbles, in order.
    pub bubbles: Vec<Bubble>,
    mids: u64,
}

impl Messenger {
    /// A call of the Send API: what it answers, and the webhook it causes.
    pub fn send(
        &mut self,
        body: &Value,
        now_ms: u64,
        faults: Faults,
        random: &mut Random,
    ) -> (SendResult, Option<Value>) {
        let roll = random.below(100);
        let error = |status: u16, code: u64, subcode: u64| SendResult::Answered {
            status,
            body: json!({"error": {"code": code, "error_subcode": subcode, "message": "x"}})
                .to_string()
                .into_bytes(),
            retry_after: None,
        };
        if roll < faults.throttled {
            return (error(400, 613, 0), None);
        }
        if roll < faults.throttled + faults.unavailable {
            let down = SendResult::Answered { status: 503, body: b"upstream".to_vec(), retry_after: None };
            return (down, None);
        }
        let person = body.pointer("/recipient/id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let text = text_of(body);
        let metadata = body.pointer("/message/metadata").and_then(Value::as_str).map(str::to_owned);
        let mid = self.add(&person, true, &text, metadata.clone());
        let echo = webhook(
            now_ms,
            &json!({"sender": {"id": PAGE}, "recipient": {"id": person}, "timestamp": now_ms,
                "message": {"mid": mid, "text": text, "is_echo": true, "app_id": APP, "metadata": metadata}}),
        );
        let before_loss = faults.throttled + faults.unavailable + faults.sent_but_error;
        let answer = if roll < before_loss {
            error(500, 1, 1_357_046)
        } else if roll < before_loss + faults.answer_lost {
            SendResult::NoAnswer
        } else {
            let body = json!({"recipient_id": person, "message_id": mid}).to_string().into_bytes();
            SendResult::Answered { status: 200, body, retry_after: None }
        };
        (answer, Some(echo))
    }

    /// A person writes.
    pub fn write(&mut self, person: &str, text: &str, reply_to: Option<&str>, now_ms: u64) -> Value {
        let mid = self.add(person, false, text, None);
        let mut message = json!({"mid": mid, "text": text});
        if let (Some(mid), Some(object)) = (reply_to, message.as_object_mut()) {
            object.insert("reply_to".into(), json!({"mid": mid}));
        }
        webhook(
            now_ms,
            &json!({"sender": {"id": person}, "recipient": {"id": PAGE}, "timestamp": now_ms, "message": message}),
        )
    }

    /// Somebody answers in the Page inbox.
    pub fn answer_in_inbox(&mut self, person: &str, text: &str, now_ms: u64) -> Value {
        let mid = self.add(person, true, text, None);
        webhook(
            now_ms,
            &json!({"sender": {"id": PAGE}, "recipient": {"id": person}, "timestamp": now_ms,
                "message": {"mid": mid, "text": text, "is_echo": true, "app_id": PAGE_INBOX}}),
        )
    }

    /// A person follows a hand-over link.
    pub fn follow(&mut self, person: &str, reference: &str, now_ms: u64) -> Value {
        let referral = json!({"ref": reference, "source": "SHORTLINK", "type": "OPEN_THREAD"});
        let item = if self.bubbles.iter().any(|bubble| bubble.person == person) {
            json!({"sender": {"id": person}, "recipient": {"id": PAGE}, "timestamp": now_ms, "referral": referral})
        } else {
            json!({"sender": {"id": person}, "recipient": {"id": PAGE}, "timestamp": now_ms,
                "postback": {"title": "Get Started", "payload": "GET_STARTED", "referral": referral}})
        };
        webhook(now_ms, &item)
    }

    /// What a person sees from the store.
    pub fn thread(&self, person: &str) -> Vec<&Bubble> {
        self.bubbles.iter().filter(|bubble| bubble.person == person).collect()
    }

    fn add(&mut self, person: &str, from_store: bool, text: &str, metadata: Option<String>) -> String {
        self.mids += 1;
        let mid = format!("m_{}", self.mids);
        self.bubbles.push(Bubble {
            mid: mid.clone(),
            person: person.into(),
            from_store,
            text: text.into(),
            metadata,
        });
        mid
    }
}

fn text_of(body: &Value) -> String {
    let plain = body.pointer("/message/text").and_then(Value::as_str);
    let template = || body.pointer("/message/attachment/payload/text").and_then(Value::as_str);
    plain.or_else(template).unwrap_or("[card]").to_owned()
}

fn webhook(now_ms: u64, item: &Value) -> Value {
    json!({"object": "page", "entry": [{"id": PAGE, "time": now_ms, "messaging": [item]}]})
}
