//! What a store must not say to talk a shopper into buying: invented scarcity, pressure of time, shame, guilt,
//! consent taken for granted.
//!
//! After DSA Art. 25, the UCPD's list of practices, and the FTC's and the CMA's guidance on dark patterns. A text is
//! refused only for words that are hardly ever innocent; facts that the store can stand by stay allowed.

/// A pattern that a text must not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyFault {
    /// "Only 2 left!" where no stock is shown.
    Scarcity,
    /// "12 people are looking at this."
    Crowd,
    /// "Hurry, offer ends in 09:59."
    Countdown,
    /// "No thanks, I prefer to pay more."
    Shaming,
    /// "We are sad to see you go."
    Guilt,
    /// "You have been subscribed."
    AssumedConsent,
    /// "Close this and lose your discount."
    Coercion,
    /// "Free!*", or a price to which something unnamed is added.
    HiddenCost,
}

impl CopyFault {
    /// The reason, to the merchant.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Scarcity => {
                "claims that little is left: a number of pieces belongs to the product's own stock, not to a text"
            }
            Self::Crowd => "claims what other shoppers do right now, which this text cannot know",
            Self::Countdown => "presses for time: a text has no end that the store keeps",
            Self::Shaming => "shames the shopper for saying no",
            Self::Guilt => "makes leaving a matter of guilt",
            Self::AssumedConsent => "takes consent for granted: it is asked for, and given by an act",
            Self::Coercion => "makes the price worse for those who do not talk",
            Self::HiddenCost => "hides a condition or a cost",
        }
    }
}

/// A sentence that is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultySentence<'a> {
    /// As it was written.
    pub sentence: &'a str,
    /// What is wrong with it.
    pub fault: CopyFault,
}

/// The first sentence of `text` that uses a refused pattern.
pub fn faulty_sentence(text: &str) -> Option<FaultySentence<'_>> {
    sentences(text).find_map(|sentence| fault(sentence).map(|fault| FaultySentence { sentence, fault }))
}

/// What is wrong with one sentence.
fn fault(sentence: &str) -> Option<CopyFault> {
    let words = words(sentence);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if has_any(&words, HARMLESS) {
        return None;
    }
    PATTERNS
        .iter()
        .find(|(_, pattern)| matches(&words, pattern))
        .map(|(fault, _)| *fault)
        .or_else(|| presses(&words, sentence).then_some(CopyFault::Countdown))
        .or_else(|| hides_cost(&words, sentence).then_some(CopyFault::HiddenCost))
}

/// A pattern's steps, in order: the words of a step follow each other; between steps a few others may stand.
/// `#` is a number, in digits or in words; `a|b` is either; `~` ends a stem; `^` is the sentence's beginning.
#[rustfmt::skip]
const PATTERNS: &[(CopyFault, &[&str])] = &[
    (CopyFault::Countdown, &["only|just", "#", "minutes left|hours left|seconds left|minutes remaining|hours remaining|hours only|minutes only"]),
    (CopyFault::Countdown, &["#", "minutes left|hours left|seconds left|mins left|hrs left|minutes remaining|hours remaining|minutes to go|minutes to claim|minutes to save"]),
    (CopyFault::Crowd, &["#|many|several|dozens|hundreds|thousands|other|others", "people|shoppers|customers|visitors|users|buyers|others", "looking at|viewing|watching|eyeing"]),
    (CopyFault::Crowd, &["others|everyone|everybody|people", "are", "looking at this|looking at it|viewing this|watching this|buying this|snapping|grabbing"]),
    (CopyFault::Crowd, &["#|many|several|dozens|hundreds|other|others", "people|shoppers|customers|visitors|others", "have this|have it|have these|in their", "cart~|basket~|bag~"]),
    (CopyFault::Crowd, &["in", "#", "people~|other|others|shopper~|customer~", "cart~|basket~|bag~"]),
    (CopyFault::Crowd, &["#|many|dozens|hundreds|thousands", "people|shoppers|customers|others|sold|times", "last hour|last 24 hours|past hour|past 24 hours|last minutes|in the last|past minutes|today alone"]),
    (CopyFault::Crowd, &["someone|somebody", "just bought|just ordered|just purchased|just grabbed|else is looking|else is viewing|else is about"]),
    (CopyFault::Scarcity, &["only|just", "#|few", "left|remaining|remain|in stock|spots|seats"]),
    (CopyFault::Scarcity, &["#", "left in stock|left at this price|remaining in stock|left only"]),
    (CopyFault::Scarcity, &["last|final", "#|few|one|ones|pieces", "left|remaining|in stock|available"]),
    (CopyFault::Scarcity, &["last chance|final chance|your last chance"]),
    (CopyFault::Scarcity, &["almost|nearly", "gone|sold out"]),
    (CopyFault::Scarcity, &["selling out|selling fast|sells out fast|going fast|flying off|won't last|will not last"]),
    (CopyFault::Scarcity, &["stock|stocks|supplies", "running low|running out|is limited|are limited|dwindling|is very low|is low|almost gone|nearly gone"]),
    (CopyFault::Scarcity, &["limited", "stock|supply|supplies|quantity|quantities|availability"]),
    (CopyFault::Scarcity, &["before", "it's gone|they're gone|it is gone|they are gone|all gone|it's too late|it sells out|they sell out|we sell out|we run out|they run out"]),
    (CopyFault::Scarcity, &["before", "someone else|somebody else|anyone else|others", "does|gets|buys|grabs|takes|do|it"]),
    (CopyFault::Scarcity, &["high demand", "hurry|secure|act|grab"]),
    (CopyFault::Scarcity, &["don't miss out|do not miss out|dont miss out|don't miss your chance|never miss out"]),
    (CopyFault::Countdown, &["hurry up|act now|act fast|act quickly|now or never|clock is ticking|the clock ticks|time is running|running out of time|tick tock|time's almost up|time is almost up"]),
    (CopyFault::Countdown, &["offer|discount|deal|sale|price|code|coupon|voucher|promotion|off", "ends|expires|ending|expiring|disappears|vanishes|runs out|expire|end", "in|soon|tonight|midnight|shortly|minutes"]),
    (CopyFault::Countdown, &["save|get|claim|discount|off|%|deal|offer", "next", "#", "minutes|mins|seconds|hours"]),
    (CopyFault::Countdown, &["order|buy|checkout|purchase", "within|next", "#", "minutes|mins|seconds", "save|get|keep|claim|lock|discount|off"]),
    (CopyFault::Countdown, &["next|within", "#", "minutes|mins|seconds", "discount|off|save|price|deal"]),
    (CopyFault::Countdown, &["reserved|held|hold|holding|reserve", "cart~|basket~|items|price", "#", "minutes|mins|seconds"]),
    (CopyFault::Countdown, &["reserved", "for", "#", "minutes|mins|seconds"]),
    (CopyFault::Countdown, &["today only|tonight only|one time offer|one-time offer|once in a lifetime|limited time|limited-time|flash sale"]),
    (CopyFault::Countdown, &["never|won't|wont", "see|get|find|be", "this|such", "offer|price|deal|discount", "again|back"]),
    (CopyFault::Countdown, &["prices|price", "go up|goes up|going up|rise|rises|increase|increases|jump", "soon|tomorrow|tonight|midnight|minutes"]),
    (CopyFault::Shaming, &["^no|^nope|^nah|^skip", "i|i'd|i'll|i'm", "hate|don't|prefer|like|love|rather|enjoy|pay|am|already|do|not|fine|will", "full price|more|save|saving|savings|money|discount|deal|deals|miss out|paying|wasting|overpay|overpaying|rich|bad|uninformed"]),
    (CopyFault::Shaming, &["i|i'd|i'll", "hate|hate to|don't like|do not like|don't want to|don't want|rather not|don't care about|dislike|don't need", "save|saving|savings|money|discount~|deal~"]),
    (CopyFault::Shaming, &["i'd|i|i'll", "rather|prefer to|like|happily|gladly|love to", "pay|paying", "full|more|extra|too much"]),
    (CopyFault::Shaming, &["only", "fool|fools|idiot|idiots|stupid"]),
    (CopyFault::Shaming, &["are you sure|are you really sure|do you really", "don't want|want to miss|want to lose|want to pay|want to leave|want to give|want to go"]),
    (CopyFault::Shaming, &["smart|clever|savvy", "shoppers|people|customers|buyers", "don't|never|know|choose|wouldn't|always|say"]),
    (CopyFault::Shaming, &["don't be|do not be", "fool|silly|stupid|left out|the last"]),
    (CopyFault::Shaming, &["you'll regret|you will regret|you'd regret|you'll be sorry|you will be sorry|kick yourself"]),
    (CopyFault::Guilt, &["we're|we are|we'll be|makes us|i'm|i am", "sad|heartbroken|hurt|crying|disappointed", "you|go|leave|leaving|see|lose|that"]),
    (CopyFault::Guilt, &["sad|sorry|hate|hurts|hate it", "to see you|when you|seeing you", "go|leave|leaving|going"]),
    (CopyFault::Guilt, &["don't leave us|don't leave yet|don't leave without|don't leave empty|don't go|don't go yet|don't abandon|please stay|do not go|do not leave us|do not leave yet|wait don't"]),
    (CopyFault::Guilt, &["your|the", "cart|basket|bag|items|beans|products|coffee", "lonely|misses you|miss you|is crying|are crying|feels abandoned|feel abandoned|is sad|are sad|heartbroken|will be sad|won't forgive|feels lonely"]),
    (CopyFault::Guilt, &["how could you|how can you", "leave|abandon|say no|do this|walk away"]),
    (CopyFault::Guilt, &["after all|after everything", "we've|we have|we", "done|did"]),
    (CopyFault::Guilt, &["leaving us|abandoning us|abandoning your|giving up on us|letting us down|let us down|breaking our heart~|breaks our heart~|break our heart~"]),
    (CopyFault::Guilt, &["our|small", "family|team|business|roaster~", "depends on you|depend on you|relies on you|rely on you|will suffer|suffers when|suffers if"]),
    (CopyFault::AssumedConsent, &["you've been|you have been|you are now|you're now|you are automatically|you're automatically|you will be|you'll be", "subscribed|enrolled|opted|automatically subscribed|automatically enrolled|automatically added|signed up automatically"]),
    (CopyFault::AssumedConsent, &["we've|we have", "already", "subscribed you|signed you|added you|opted you|enrolled you"]),
    (CopyFault::AssumedConsent, &["we've|we have", "subscribed you|signed you up|added you to|opted you|enrolled you"]),
    (CopyFault::AssumedConsent, &["by", "continuing|chatting|replying|closing|using|clicking|staying|browsing|answering", "you", "agree|consent|accept|subscribe|opt"]),
    (CopyFault::AssumedConsent, &["pre-ticked|pre-checked|preticked|prechecked|pre-selected|preselected|already ticked|already checked"]),
    (CopyFault::AssumedConsent, &["untick|uncheck", "if|unless|to", "don't|do not|not|stop|avoid|decline|refuse|opt"]),
    (CopyFault::AssumedConsent, &["unless", "you", "opt out|object|untick|uncheck|tell us otherwise"]),
    (CopyFault::AssumedConsent, &["we'll|we will", "sign|subscribe|enrol~|opt|add", "you", "newsletter|mailing list|automatically|anyway"]),
    (CopyFault::Coercion, &["close|leave|ignore|decline|dismiss", "lose", "discount|off|code|offer|deal|price"]),
    (CopyFault::Coercion, &["chat|talk|ask|reply|write|answer", "or", "lose|pay|full price|miss"]),
    (CopyFault::Coercion, &["only", "who", "chat|talk|reply|answer|write", "discount|off|price|deal|get"]),
    (CopyFault::Coercion, &["price|discount", "goes up|rises|increases|doubles|drops|shrinks|disappears|is gone|gets smaller", "if|when|unless", "you"]),
];
/// So many other words may stand between two steps.
const GAP: usize = 4;

fn matches(words: &[&str], pattern: &[&str]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return true };
    (0..words.len()).any(|start| starts_with(words, start, first).is_some_and(|end| follow(words, end, rest)))
}

fn follow(words: &[&str], from: usize, steps: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    (from..words.len().min(from + GAP + 1))
        .any(|start| starts_with(words, start, step).is_some_and(|end| follow(words, end, rest)))
}

/// Where the longest alternative of `step` ends that the words at `start` match.
fn starts_with(words: &[&str], start: usize, step: &str) -> Option<usize> {
    step.split('|').filter_map(|phrase| phrase_at(words, start, phrase)).max()
}

fn phrase_at(words: &[&str], start: usize, phrase: &str) -> Option<usize> {
    let at_beginning = phrase.strip_prefix('^');
    if at_beginning.is_some() && start != 0 {
        return None;
    }
    let mut end = start;
    for wanted in at_beginning.unwrap_or(phrase).split(' ') {
        let word = words.get(end)?;
        let fits = match (wanted, wanted.strip_suffix('~')) {
            ("#", _) => is_number(word),
            (_, Some(stem)) => word.starts_with(stem),
            _ => *word == wanted,
        };
        if !fits {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// "Hurry", unless nobody has to; and a clock that runs down.
fn presses(words: &[&str], sentence: &str) -> bool {
    let hurried = words.iter().position(|word| *word == "hurry");
    let calm = ["no", "a", "not", "don't", "to", "never", "any", "without", "need"];
    let pressed = hurried.is_some_and(|at| {
        at.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|before| !calm.contains(before))
    });
    pressed
        || shows_clock(sentence) && has_any(words, &["left", "remaining", "expires", "hurry", "countdown"])
}

/// A price, and something that is not told comes on top.
fn hides_cost(words: &[&str], sentence: &str) -> bool {
    let prices = sentence.matches(['€', '$', '£', '¥']).count();
    let on_top =
        ["plus|excl|excluding|before|without", "shipping|delivery|fees|fee|handling|tax|taxes|charges"];
    let later =
        ["fees|charges|shipping|delivery", "apply|extra|added|calculated", "checkout|later|end|extra"];
    let starred = sentence.contains('*') && has_any(words, &["free"]);
    starred || prices == 1 && (matches(words, &on_top) || matches(words, &later))
}

/// Words that make a number or a lack the shopper's own, or a step of a form.
const HARMLESS: &[&str] = &["steps", "step", "questions", "question"];

fn has_any(words: &[&str], any: &[&str]) -> bool {
    words.iter().any(|word| any.contains(word))
}

fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen",
        "twenty", "thirty", "sixty",
    ];
    NUMBERS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Digits, a colon, digits.
fn shows_clock(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    bytes.windows(5).any(|window| {
        matches!(window, [a, b, b':', c, d] if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
    })
}

/// Lower-case words without punctuation; apostrophes and hyphens inside a word stay.
fn words(sentence: &str) -> Vec<String> {
    sentence
        .split(|c: char| c.is_whitespace() || "—–/\"“”…()".contains(c))
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
                .chars()
                .map(|c| if c == '\u{2019}' { '\'' } else { c })
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Split at ends of sentences and lines.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', '\n', ';']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rustfmt::skip]
    const REFUSED: &[(CopyFault, &[&str])] = &[
        (CopyFault::Scarcity, &[
            "Only 2 left!", "Hey, only 3 pieces left in stock.", "Just one left at this price", "The last 5 items are still available.",
            "This is your last chance.", "Almost gone!", "It's nearly sold out.", "This roast is selling fast.", "These are going fast!",
            "Stock is running low.", "Stocks are limited, order now.", "Limited availability: secure yours.", "Get it before it's gone.",
            "Buy it before someone else does.", "Due to high demand, hurry.", "Don't miss out!", "Only a few remaining",
        ]),
        (CopyFault::Crowd, &[
            "12 people are looking at this right now.", "5 other shoppers are viewing this product", "Many people are watching this item.",
            "23 customers have this in their cart.", "This is in 14 people's carts.", "Someone just bought this in Utrecht.",
            "Sold 48 times in the last hour", "Others are looking at this too", "3 people bought this in the last 24 hours",
        ]),
        (CopyFault::Countdown, &[
            "Hurry!", "Hurry up, this won't wait.", "Act now and save.", "Your discount ends in 10 minutes.", "Offer expires soon!",
            "This deal ends tonight", "Only 5 minutes left to save 10%.", "09:59 left", "The clock is ticking\u{2026}",
            "Get 10% off in the next 15 minutes.", "Order within 10 minutes to get 10% off", "Your cart is reserved for 10 minutes",
            "Today only: 20% off.", "Limited time offer", "You will never see this price again", "Prices go up tomorrow!",
        ]),
        (CopyFault::Shaming, &[
            "No, I hate saving", "No thanks, I don't like saving money", "No, I'd rather pay full price", "I prefer to pay more",
            "Are you sure you want to miss this?", "Smart shoppers never leave without a deal.", "Don't be silly!", "You'll regret it.",
            "Nah, I'm already rich", "Only a fool would say no", "I don't want discounts",
        ]),
        (CopyFault::Guilt, &[
            "We're sad you are leaving.", "Sorry to see you go!", "Wait, don't go!", "Please don't leave us.", "Your cart misses you",
            "The beans are lonely without you", "How could you leave now?", "After all we've done for you?", "You're breaking our hearts",
            "Our family depends on your order, and our business relies on you.",
        ]),
        (CopyFault::AssumedConsent, &[
            "You've been subscribed to our newsletter.", "By continuing you agree to marketing messages", "By chatting with us you consent to e-mails.",
            "The box is already ticked for you", "Untick this if you don't want our news", "We'll send offers unless you opt out",
            "We've signed you up for our letter", "We'll add you to our newsletter.",
        ]),
        (CopyFault::Coercion, &["Close this and lose your 10% discount", "Chat now or pay full price", "The discount disappears if you leave"]),
        (CopyFault::HiddenCost, &["Free delivery*", "Only \u{20ac}12 plus fees", "Yours for $20, shipping calculated at checkout"]),
    ];

    #[rustfmt::skip]
    const CLEAN: &[&str] = &[
        "Leaving with a question open? Ask it here; it takes a minute, and the answer waits for you.",
        "Questions about delivery or returns before you order? From \u{20ac}35 delivery is free, and you have 30 days to change your mind.",
        "Not sure which size fits? Tell me what you wear now.", "Torn between two coffees? I can put them side by side.",
        "Almost out of beans?", "Running low on coffee?", "Is your supply running low? We can send more.", "In a hurry? Most orders arrive tomorrow.",
        "No hurry: your cart is kept for 30 days.", "There is no need to hurry.", "It takes just five minutes to descale.", "We answer within 10 minutes.",
        "We usually reply in 5 minutes during opening hours.", "Order before 17:00 and it leaves today.", "Order within 2 hours for delivery tomorrow.",
        "Delivery is \u{20ac}4.50, and free from \u{20ac}35.", "Two steps left: address and payment.", "Only two questions left.", "Our winter sale ends on 31 January.",
        "The code WINTER10 is valid until 31 January.", "Please leave us a message and we will write back.", "Leave your e-mail and we'll answer on Monday.",
        "You can opt out at any time.", "You can stop these messages whenever you like.", "By ordering you accept our terms of sale.",
        "May we write to you about this order?", "Would you like our newsletter? Tick the box if so.", "No, thank you", "Not now", "Never", "No thanks, I'm fine",
        "No, I don't need help", "No, I'll look around first", "Yes, please", "Show me the difference", "Compare the two", "What does delivery cost?",
        "This is a limited edition from Ethiopia.", "Roasted in small batches, every Tuesday.", "Our family has roasted coffee since 1954.",
        "For the last few years we have bought from the same farm.", "The last two things you looked at, side by side.", "One kilo lasts about a month.",
        "Beans keep for six weeks after opening.", "Only beans roasted this week are sent.", "Just ask.", "Only one of them fits your machine.",
        "The Beacon 02 is out of stock; it is back on Thursday.", "Two are in stock in our Utrecht shop.", "You will not regret a good grinder, say our reviewers.",
        "Many people ask about the grind: coarse for a press, fine for espresso.", "Most people start with the medium roast.", "Hundreds of reviews, all of them from buyers.",
        "People who like chocolate notes like Slack Water.", "Do you want to see the size guide?", "Are you sure about the size? I can help.", "Sorry, I did not get that.",
        "We are sorry your order is late.", "We're happy to help.", "I'm a bot; a person can take over.", "Don't worry, returns are free.", "Don't know where to begin? Start here.",
        "Do not leave beans in the sun.", "How can you tell fresh coffee? By the bloom.", "After all, taste decides.", "A discount code did not work? Let me look at it.",
        "Your basket has been waiting for a while.", "Your basket is as you left it.", "Your cart holds two things.", "Welcome back! Your cart is still here.",
        "Free returns within 30 days.", "Free delivery from \u{20ac}35.", "The total is \u{20ac}38.50 with delivery.", "That is \u{20ac}14.50 plus \u{20ac}4.50 delivery: \u{20ac}19.00.",
        "Prices include VAT.", "Prices went up in spring because green coffee did.", "Save your cart for later?", "You save \u{20ac}3 with the larger bag.", "Get a grinder that lasts.",
        "Reply here, by e-mail, or not at all.", "Write to us when it suits you.", "Can I keep your e-mail to answer you?", "We close at 18:00 today.", "Open from 09:00 to 17:00.",
        "It is 10:30 here, and someone is at the desk.", "Within 24 hours you get an answer.", "Your order is on its way and arrives in 2 days.", "Held in the hand it feels light.",
        "The lid is held by a spring for 10 seconds.", "Grind for 20 seconds, then wait.", "The offer stands: ask anything.", "Looking at grinders? These two are alike.", "Watching your budget? The smaller one does most of it.",
        "Others prefer paper filters.", "Everyone starts somewhere.", "Would you rather talk to a person?", "I prefer a call", "Skip this", "Skip, I know my size", "Already a customer? Sign in.",
        "You are now talking to Marie.", "You are now signed in.", "You'll be notified when it is back.", "We'll add a note to your order.", "We will send the invoice to you.", "Tick if you want a gift wrap.",
    ];

    #[test]
    fn refused_patterns_are_found_with_their_reason() {
        let mut missed = Vec::new();
        for (fault, texts) in REFUSED {
            for text in *texts {
                let found = faulty_sentence(text);
                if found.as_ref().map(|found| found.fault) != Some(*fault) {
                    missed.push(format!("{fault:?}: {text:?} was {found:?}"));
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn plain_texts_pass() {
        let refused: Vec<_> = CLEAN.iter().filter_map(|text| faulty_sentence(text)).collect();
        assert!(refused.is_empty(), "{refused:#?}");
    }

    #[test]
    fn the_sentence_is_named_as_it_was_written() {
        let found = faulty_sentence("Hello there. Only 2 LEFT, friend! Ask us.").map(|found| found.sentence);
        assert_eq!(found, Some("Only 2 LEFT, friend!"));
        assert_eq!(faulty_sentence(""), None);
    }

    #[test]
    fn long_and_strange_texts_are_survived() {
        for text in [
            "only ".repeat(2_000),
            "\u{202e}\u{0}:::**\u{20ac}".repeat(500),
            "i don't i don't no ".repeat(900),
        ] {
            let _ = faulty_sentence(&text);
        }
    }
}
