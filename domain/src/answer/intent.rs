//! What a shopper wants that is not in the store's settings: a person, courtesy, their order.

use super::words::{Word, same_words, words};
use crate::language::Language;

/// What the words of a question ask for, whatever the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// Said goodbye.
    Goodbye,
    /// Said hello.
    Hello,
    /// Whether a machine is answering.
    Machine,
    /// Declined.
    No,
    /// Somebody, now.
    Person,
    /// Said thanks, or that all is well.
    Thanks,
}

/// The intent of `words`, if they ask for nothing else.
pub(super) fn intent(words: &[Word]) -> Option<Intent> {
    if let Some(intent) = own_button(words) {
        return Some(intent);
    }
    if asks_for_person(words) {
        return Some(Intent::Person);
    }
    if asks_for_machine(words) {
        return Some(Intent::Machine);
    }
    courtesy(words)
}

/// What a button of the assistant's own says, in whichever language it was offered.
fn own_button(said: &[Word]) -> Option<Intent> {
    Language::ALL.into_iter().map(Language::sentences).find_map(|own| {
        let is = |label: &str| same_words(said, &words(label));
        if is(own.a_person) || is(own.still_need_help) {
            Some(Intent::Person)
        } else {
            is(own.it_helped).then_some(Intent::Thanks)
        }
    })
}

/// Whether `words` ask where an order is.
pub(super) fn asks_for_order(words: &[Word]) -> bool {
    let any = |list: &[&str]| words.iter().any(|word| word.is_in(list));
    any(&["order", "orders", "parcel", "package", "delivery", "shipment"])
        && any(&[
            "arrive", "arrived", "arriving", "late", "lost", "received", "shipped", "status", "track",
            "tracking", "when", "where", "wheres", "yet",
        ])
}

/// Whether `words` give the number of an order: by its length, and by what is said around it.
pub(super) fn gives_order_number(words: &[Word]) -> bool {
    let is_number = |word: &Word| word.plain.chars().filter(char::is_ascii_digit).count() >= 5;
    let named = ["invoice", "nr", "number", "order", "ordernumber", "reference", "tracking"];
    words.iter().any(is_number)
        && (words.iter().any(|word| word.is_in(&named))
            || words.iter().filter(|word| !word.is_filler).count() <= 3)
}

/// Whether `words` ask for help without saying with what.
pub(super) fn asks_for_anything(words: &[Word]) -> bool {
    let has = |wanted: &[&str]| wanted.iter().all(|wanted| words.iter().any(|word| word.is(wanted)));
    words.iter().all(|word| word.is_filler)
        && (has(&["help"])
            || has(&["question"])
            || has(&["what", "can", "you"])
            || has(&["how", "are", "you"]))
}

/// Whether `words` tell of something that does not work.
pub(super) fn tells_of_trouble(words: &[Word]) -> bool {
    words.iter().any(|word| {
        word.is_in(&[
            "broke",
            "broken",
            "cant",
            "defect",
            "defective",
            "doesnt",
            "error",
            "fails",
            "faulty",
            "fix",
            "isnt",
            "issue",
            "issues",
            "problem",
            "problems",
            "stopped",
            "stuck",
            "trouble",
            "troubleshooting",
            "wont",
            "wrong",
        ])
    })
}

const PEOPLE: [&str; 17] = [
    "advisor",
    "agent",
    "assistant",
    "colleague",
    "employee",
    "human",
    "humans",
    "operator",
    "people",
    "person",
    "representative",
    "rep",
    "somebody",
    "someone",
    "staff",
    "support",
    "team",
];
const ASKING: [&str; 26] = [
    "actual", "ask", "call", "chat", "connect", "contact", "get", "give", "have", "human", "live", "message",
    "need", "pass", "prefer", "put", "reach", "real", "speak", "speaking", "talk", "talking", "transfer",
    "want", "with", "write",
];
const BETWEEN: [&str; 18] = [
    "a", "actual", "an", "another", "any", "else", "from", "human", "live", "me", "of", "one", "real",
    "some", "the", "through", "to", "your",
];
const AROUND: [&str; 17] = [
    "a", "an", "can", "could", "hello", "here", "hey", "hi", "i", "is", "no", "now", "please", "the",
    "there", "with", "you",
];

/// "Can I talk to someone", "human please", "real person"; not "a gift for someone".
fn asks_for_person(words: &[Word]) -> bool {
    if words
        .windows(3)
        .any(|three| matches!(three, [a, b, c] if a.is("still") && b.is("need") && c.is("help")))
    {
        return true;
    }
    let only = !words.is_empty()
        && words.iter().all(|word| word.is_in(&PEOPLE) || word.is_in(&AROUND) || word.is_in(&BETWEEN))
        && words.iter().any(|word| word.is_in(&PEOPLE))
        && !words.iter().any(|word| word.is("you"));
    only || words.iter().enumerate().any(|(index, word)| {
        let before = words.get(..index).unwrap_or_default();
        word.is_in(&PEOPLE)
            && (index + 1 == words.len() || !word.is_in(&["team", "support", "assistant"]))
            && before
                .iter()
                .rev()
                .find(|word| !word.is_in(&BETWEEN) && !word.is("with"))
                .is_some_and(|asking| asking.is_in(&ASKING))
    })
}

/// "Are you a robot?", "am I talking to a real person?" comes as asking for one.
fn asks_for_machine(words: &[Word]) -> bool {
    let machine =
        |word: &Word| word.is_in(&["ai", "automated", "bot", "chatbot", "human", "machine", "real", "robot"]);
    let known = |word: &Word| {
        machine(word)
            || word.is_in(&[
                "a", "an", "are", "chatting", "i", "am", "is", "or", "person", "speaking", "talking", "this",
                "to", "with", "you", "just", "it", "hi", "hello", "hey",
            ])
    };
    let asked = words.iter().any(|word| word.is_in(&["are", "is", "am"]));
    asked && words.iter().any(machine) && words.iter().all(known)
}

/// A text of nothing but courtesy.
fn courtesy(words: &[Word]) -> Option<Intent> {
    const HELLO: [&str; 17] = [
        "afternoon",
        "day",
        "evening",
        "good",
        "hallo",
        "hello",
        "hey",
        "hi",
        "hiya",
        "hoi",
        "howdy",
        "moin",
        "morning",
        "there",
        "everyone",
        "all",
        "greetings",
    ];
    const THANKS: [&str; 23] = [
        "appreciate",
        "awesome",
        "cheers",
        "cool",
        "fine",
        "good",
        "got",
        "great",
        "helpful",
        "helps",
        "it",
        "nice",
        "ok",
        "okay",
        "perfect",
        "super",
        "thank",
        "thanks",
        "thx",
        "ty",
        "understood",
        "works",
        "yes",
    ];
    const GOODBYE: [&str; 10] =
        ["bye", "ciao", "cu", "goodbye", "later", "night", "see", "soon", "tomorrow", "tot"];
    const NO: [&str; 4] = ["nah", "no", "nope", "nothing"];
    const PADDING: [&str; 25] = [
        "a", "all", "and", "are", "bye", "for", "good", "have", "i", "is", "lot", "much", "nice", "now",
        "day", "so", "that", "thats", "the", "this", "to", "very", "was", "you", "your",
    ];
    let all = |list: &[&str]| words.iter().all(|word| word.is_in(list) || word.is_in(&PADDING));
    let any = |list: &[&str]| words.iter().any(|word| word.is_in(list));
    if words.is_empty() || words.len() > 8 {
        None
    } else if any(&["bye", "goodbye", "ciao", "cu"])
        && words.iter().all(|word| word.is_in(&GOODBYE) || word.is_in(&THANKS) || word.is_in(&PADDING))
        || any(&["see"]) && any(&["later", "soon", "tomorrow"]) && all(&GOODBYE)
    {
        Some(Intent::Goodbye)
    } else if any(&NO)
        && words.iter().all(|word| word.is_in(&NO) || word.is_in(&THANKS) || word.is_in(&PADDING))
    {
        Some(Intent::No)
    } else if any(&["hallo", "hello", "hey", "hi", "hiya", "hoi", "howdy", "moin", "greetings", "good"])
        && any(&HELLO)
        && all(&HELLO)
        && !all(&THANKS)
    {
        Some(Intent::Hello)
    } else if any(&THANKS) && all(&THANKS) {
        Some(Intent::Thanks)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intents_are_told_from_questions() {
        use Intent::{Goodbye, Hello, Machine, No, Person, Thanks};
        for (text, expected) in [
            ("Can I talk to a person?", Some(Person)),
            ("human please", Some(Person)),
            ("agent", Some(Person)),
            ("someone there?", Some(Person)),
            ("is somebody there", Some(Person)),
            ("I want to speak with someone from your team", Some(Person)),
            ("give me a real human", Some(Person)),
            ("Talk to a person", Some(Person)),
            ("No, I still need help", Some(Person)),
            ("contact support", Some(Person)),
            ("a gift for someone who likes fruity coffee", None),
            ("coffee for one person", None),
            ("which dripper for two people?", None),
            ("do you support induction", None),
            ("are you a robot?", Some(Machine)),
            ("Are you human?", Some(Machine)),
            ("is this a bot", Some(Machine)),
            ("hi", Some(Hello)),
            ("Good morning!", Some(Hello)),
            ("hello there", Some(Hello)),
            ("hi, what does the kettle cost", None),
            ("thanks!", Some(Thanks)),
            ("Yes, thanks", Some(Thanks)),
            ("thank you very much", Some(Thanks)),
            ("ok", Some(Thanks)),
            ("perfect, got it", Some(Thanks)),
            ("that was all thanks bye", Some(Goodbye)),
            ("see you later", Some(Goodbye)),
            ("no", Some(No)),
            ("no thanks", Some(No)),
            ("good coffee", None),
            ("Ja, danke", Some(Thanks)),
            ("Nein, ich brauche noch Hilfe", Some(Person)),
            ("Parler à quelqu'un", Some(Person)),
            ("Rozmowa z człowiekiem", Some(Person)),
            ("", None),
        ] {
            assert_eq!(intent(&words(text)), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_orders_and_calls_for_help_are_recognised() {
        for (text, number, anything) in [
            ("my order number is HC-261122-0417", true, false),
            ("HC-261122-0417", true, false),
            ("#1234567", true, false),
            ("order 12", false, false),
            ("is it 1200 W at 220 V", false, false),
            ("help!", false, true),
            ("can you help me", false, true),
            ("I have a question", false, true),
            ("how are you?", false, true),
            ("help me clean it", false, false),
            ("why", false, false),
        ] {
            let words = words(text);
            assert_eq!((gives_order_number(&words), asks_for_anything(&words)), (number, anything), "{text}");
        }
    }

    #[test]
    fn orders_and_trouble_are_recognised() {
        for (text, order, trouble) in [
            ("where is my order", true, false),
            ("my package has not arrived yet", true, false),
            ("can I order two?", false, false),
            ("my grinder is broken", false, true),
            ("it doesn't work", false, true),
        ] {
            assert_eq!(
                (asks_for_order(&words(text)), tells_of_trouble(&words(text))),
                (order, trouble),
                "{text}"
            );
        }
    }
}
