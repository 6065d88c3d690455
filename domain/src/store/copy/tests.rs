//! Sentences that a card may not say, and others that it may.

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
    (CopyFault::Coercion, &[
        "Close this and lose your 10% discount", "Chat now or pay full price", "The discount disappears if you leave",
        "Get 10% off when you complete your order today", "Before you go: 10% off", "Stay and get 10% off", "Wait! Here is 15% off",
        "Don't miss out on your 10% off if you stay", "Leaving? Take a 10% discount with you.", "10% off for staying", "We give you 5 \u{20ac} off if you don't leave.",
        "Finish your order and get ten percent off.", "Order now and save 10%", "If you order today you get a discount", "Ask us anything before you go and get a voucher",
        "A discount for chatting: 5%", "Talk to us and get 10% off", "Wait\u{2026} we have 15% off for you", "If you reply to this question, you get 10% off.",
        "Wir schenken dir 10 % wenn du bleibst", "Wir schenken Ihnen 10 %, wenn Sie Ihre Bestellung heute abschlie\u{df}en.", "Bevor du gehst: 10 % Rabatt", "Warte! Hier sind 15 % Rabatt.",
        "Jetzt bestellen und 10 % sparen", "Bleiben Sie, und Sie bekommen einen Gutschein.", "10 % Nachlass, wenn du uns schreibst", "Du gehst schon? Nimm 5 Euro Rabatt mit.",
        "Restez et recevez 10\u{a0}% de remise", "Nous vous offrons 10 % si vous restez.", "Avant de partir : 10 % de r\u{e9}duction", "Attendez ! Voici 15 % de r\u{e9}duction.",
        "Finalisez votre commande et obtenez un rabais de 5 %", "10 % de remise si vous commandez aujourd'hui",
        "Qu\u{e9}date y te regalamos un 10 %", "Te regalamos un 10 % si te quedas", "\u{a1}Espera! Aqu\u{ed} tienes un 15 % de descuento.", "Completa tu pedido hoy y ahorra un 10 %", "Antes de irte: 10 % de descuento",
        "Ti regaliamo il 10% se resti", "Aspetta! Ecco uno sconto del 15%.", "Completa l'ordine oggi e ottieni il 10% di sconto", "Prima di andare: 10% di sconto", "Se rispondi, ricevi uno sconto",
        "Oferecemos 10% se ficar", "Espere! Aqui tem 15% de desconto.", "Conclua a encomenda hoje e ganhe 10% de desconto", "Antes de sair: 10% de desconto",
        "Je krijgt 10% korting als je blijft", "Wacht! Hier is 15% korting.", "Rond je bestelling vandaag af en krijg 10% korting", "Voordat je gaat: 10% korting", "Als je je bestelling nu afrondt, geven we je 10%.",
        "Damy ci 10%, je\u{15b}li zostaniesz", "Poczekaj! Oto 15% rabatu.", "Doko\u{144}cz zam\u{f3}wienie dzi\u{15b} i zyskaj 10% rabatu", "Zanim wyjdziesz: 10% zni\u{17c}ki",
        "Stay a little longer and enjoy 10% off", "Changed your mind? Here is 10% off", "Don't go yet, here's 15% off", "Here's 10% off to help you decide today",
        "We'll give you 10% off if you check out now", "Your 10% discount is waiting if you finish your purchase", "Buy now for 10% off", "Checkout today: 10% off",
        "Stay with us: 10% off your cart", "Because you stayed: 10% off", "10% off if you buy right now", "Place your order today and get 10% off",
        "Chat with us for a 10% voucher", "Write to us now and we take 10% off", "Nur wenn Sie jetzt bestellen: 10 % Rabatt", "Bleib hier, dann bekommst du 10 % Rabatt",
        "10 % Rabatt, wenn du jetzt kaufst", "Schließe deine Bestellung heute ab und erhalte 10 %", "Bestell noch heute und spar 10 %", "Schreib uns und erhalte 10 % Rabatt",
        "Bevor du gehst \u{2013} wir schenken dir 10 %", "Commandez aujourd'hui et recevez 10 % de remise", "10 % offerts si vous ne partez pas", "Écrivez-nous et recevez 10 %",
        "No te vayas: 10 % de descuento", "Si compras ahora, 10 % de descuento", "Escríbenos y llévate un 10 %", "Non andare via: 10% di sconto",
        "Se ordini oggi ti regaliamo il 10%", "Scrivici e ricevi il 10% di sconto", "Não vá embora: 10% de desconto", "Se comprar hoje ganha 10%",
        "Escreva-nos e receba 10% de desconto", "Blijf nog even en krijg 10% korting", "Bestel vandaag nog en krijg 10% korting", "Schrijf ons en krijg 10% korting",
        "Zostań, a dostaniesz 10% zniżki", "Zamów dziś i zyskaj 10%", "Napisz do nas i odbierz 10% rabatu", "Get 10% off by completing your order",
        "10% off, just for not leaving", "Stay and save 10%", "Before you close this page, take 5 euros off",
    ]),
    (CopyFault::HiddenCost, &["Free delivery*", "Only \u{20ac}12 plus fees", "Yours for $20, shipping calculated at checkout", "Only \u{20ac}12 before tax"]),
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
    "10% off all filters until Sunday", "With the code WINTER10 you get 10% off until 31 January.", "Our newsletter readers get a voucher of \u{20ac}5.",
    "Before you go: delivery is free from \u{20ac}35, and you have 30 days to send it back.", "Type the code under Voucher code in the cart and press Apply.", "You see the discount before you complete your order.",
    "If your discount code did not work, write to us.", "Wait 30 seconds, then pour.", "Please wait. Somebody answers in a minute.", "Stay below 94 \u{b0}C.", "If you stay below 60%, the milk keeps its sweetness.",
    "Wait for the bloom: it takes 30 seconds.", "Complete your order before midnight and it is roasted tomorrow.", "Order now, pay later by invoice.", "Students get 10% off at the counter.", "Ask us which voucher applies.",
    "Leaving for a week? Close the bag.", "If you buy three bags you get 10% off.", "All our cotton is 100% organic; keep it dry.", "Finish your order with iDEAL or a card.", "The second bag is half price this month.",
    "Ab zwei Packungen gibt es 10 % Rabatt.", "Mit dem Code WINTER10 sparst du 10 % bis Sonntag.", "Bleiben Sie mit uns in Kontakt.", "Warte 30 Sekunden, dann gie\u{df}en.", "Wenn du bleibende Fragen hast, schreib uns.",
    "10 % de remise sur tous les filtres jusqu'\u{e0} dimanche.", "Avant de partir en voyage, fermez le sachet.", "10 % de descuento en filtros hasta el domingo.", "Si te quedas sin caf\u{e9}, enviamos m\u{e1}s.",
    "Sconto del 10% su tutti i filtri fino a domenica.", "Se resta un dubbio, scrivici.", "10% de desconto em filtros at\u{e9} domingo.", "Se ficar alguma d\u{fa}vida, pergunte.",
    "10% korting op alle filters tot en met zondag.", "Als je blijft twijfelen, vraag het ons.", "10% rabatu na filtry do niedzieli.", "Kod WINTER10 daje 10% rabatu.",
    "Get 10% off when you buy two bags of the same coffee.", "Free delivery from \u{20ac}35", "You can use your voucher when you check out.", "The voucher is taken off when you pay.",
    "Stay warm: 10% off all mugs until Sunday", "Give a voucher: from \u{20ac}10, valid for two years.", "Our gift voucher is the answer if you don't know what to give.", "Going on holiday? The travel set is 10% off until Sunday.",
    "Leaving for a trip? Our travel mug is 10% off until Friday.", "Wait for the sale? It begins on 1 December with 20% off.", "If you order three bags, we take 10% off.", "Ein Gutschein ist das richtige Geschenk, wenn Sie nicht wissen, was passt.",
    "Halten Sie 10 % mehr Wasser bereit.", "Moment bitte, ein Mensch antwortet in 5 Minuten.", "Te quedas sin filtros? 10 % de descuento hasta el domingo.", "Resta da scegliere la macinatura.",
    "Fica a saber: 10% de desconto até domingo.", "Als u vragen heeft over de korting van 10%, schrijf ons.", "Wacht u op een pakket? De koerier geeft 30 minuten.", "Do 35 euro dostawa kosztuje 10 z\u{142}.",
    "Order today, roasted tomorrow.", "Bis Sonntag 10 % auf alle Filter.", "Order today and it arrives tomorrow; filters are 10% off until Sunday.", "Your \u{20ac}5 voucher from last time is still valid.",
    "Students who write to us get a code for 10% off.", "Complete care set: 10% off until Sunday.", "Complete the set for your basket: \u{20ac}5 off the second brush", "Termine de elegir con calma: el 10 % sigue hasta el domingo.",
    "Stay warm in winter.", "Restez inform\u{e9}s : 10 % de remise sur les filtres jusqu'\u{e0} dimanche.", "Blijf op de hoogte: 10% korting op filters tot zondag.", "Bleib neugierig: 10 % auf alle Filter bis Sonntag.",
    "Save 10% with a subscription; stop whenever you like.",
];

const REFUSED_ELSEWHERE: &str = include_str!("../../../golden/copy/refused.txt");
const CLEAN_ELSEWHERE: &str = include_str!("../../../golden/copy/clean.txt");

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn every_pattern_is_refused_in_every_language() {
    let mut missed = Vec::new();
    let mut count = 0;
    for line in lines(REFUSED_ELSEWHERE) {
        let (_, sentence) = line.split_once(": ").unwrap();
        count += 1;
        if faulty_sentence(sentence).is_none() {
            missed.push(line);
        }
    }
    assert!(missed.is_empty() && count >= 240, "{} of {count}: {missed:#?}", missed.len());
}

#[test]
fn what_a_shop_says_passes() {
    let refused: Vec<_> = lines(CLEAN_ELSEWHERE).filter_map(faulty_sentence).collect();
    assert!(refused.is_empty() && lines(CLEAN_ELSEWHERE).count() >= 280, "{refused:#?}");
}

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
    for text in
        ["only ".repeat(2_000), "\u{202e}\u{0}:::**\u{20ac}".repeat(500), "i don't i don't no ".repeat(900)]
    {
        let _ = faulty_sentence(&text);
    }
}
