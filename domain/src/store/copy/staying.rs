//! A price that is better for those who stay, talk, or finish now: an offer and such a condition in one sentence, in
//! any order, or a plea ("Wait!") and the offer after it. An offer that anybody gets is a fact.

use super::{is_number, matches, phrase_at, starts_with};

/// Whether the sentence makes a discount depend on staying, on not leaving, on talking, or on finishing now.
pub(super) fn pays_for_staying(words: &[&str]) -> bool {
    offers(words) && (depends(words) || OPENINGS.iter().any(|opening| matches(words, &[opening])))
}

/// Whether the sentence only holds the shopper back: "Wait!", "Leaving already?".
pub(super) fn holds_back(words: &[&str]) -> bool {
    let alone = matches!(words, [word] if ALONE.contains(word));
    alone || words.len() <= MOST_WORDS_OF_A_PLEA && OPENINGS.iter().any(|opening| matches(words, &[opening]))
}

/// Whether the sentence gives something off a price.
pub(super) fn offers(words: &[&str]) -> bool {
    let percent = has_percent(words);
    let number = percent || words.iter().any(|word| is_number(word));
    let given = matches(words, &[GIVING]);
    let discount = matches(words, &[DISCOUNT]);
    percent && given || discount && (number || given) || number && takes_off(words)
}

const MOST_WORDS_OF_A_PLEA: usize = 6;

/// So many words may stand between "if you" and what the shopper is to do.
const NEAR: usize = 1;
/// And where the verb comes last.
const VERB_LAST: usize = 5;

fn depends(words: &[&str]) -> bool {
    CONDITIONS.iter().any(|(heads, between, acts)| {
        (0..words.len())
            .filter_map(|start| starts_with(words, start, heads))
            .any(|end| (end..=end + between).any(|start| starts_with(words, start, acts).is_some()))
    }) || FINISHING.iter().any(|steps| matches(words, steps))
}

/// "10%", "10 %", "ten percent"; all of something (100%) is none.
fn has_percent(words: &[&str]) -> bool {
    (0..words.len()).any(|at| {
        let word = words.get(at).copied().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or_default();
        match word {
            "%" | "percent" | "prozent" | "procent" => before != "100",
            "cent" | "ciento" | "cento" => matches!(before, "pour" | "por" | "per"),
            _ => word.ends_with('%') && word != "100%" && is_number(word),
        }
    })
}

/// A number, and soon "off".
fn takes_off(words: &[&str]) -> bool {
    (0..words.len()).any(|at| {
        words.get(at).is_some_and(|word| is_number(word))
            && (at + 1..=at + 2).any(|next| phrase_at(words, next, "off").is_some())
    })
}

const DISCOUNT: &str = "discount~|coupon~|voucher~|cheaper|half price|reduction|rabatt~|nachlass|preisnachlass|gutschein~|günstiger|billiger|halben preis\
|remise|réduction|rabais|bon d'achat|moins cher|moitié prix\
|descuento~|rebaja~|cupón|más barato|mitad de precio\
|sconto|sconti|riduzione|buono|meno caro|metà prezzo\
|desconto~|cupão|cupom|mais barato|metade do preço\
|korting~|kortingscode|goedkoper|halve prijs|tegoedbon\
|rabat~|zniżk~|kupon~|taniej|pół ceny";

const GIVING: &str = "give|gives|giving|gift|get|gets|take|takes|receive|receives|enjoy|save|saves|unlock|unlocks|claim|keep|earn|win|have|here's|here is|there's|offer|offering|yours|for you|your|off|on us|on everything|knock\
|schenk~|geb~|gibt|gibt's|bekomm~|erhalt~|erhält~|spar~|sicher~|krieg~|nimm|hier sind|dein~|auf alles\
|offr~|offert~|donn~|recev~|reçois|reçoi~|obten~|obtien~|économis~|profite~|gagne~|voici|voilà|cadeau|sur tout\
|regal~|damos|doy|ofrec~|llév~|llev~|consig~|obtén|obtien~|recib~|ahorr~|gana~|aquí tienes|en todo\
|diamo|do|ricev~|otten~|ottien~|prend~|risparmi~|ecco|su tutto\
|dou|oferec~|receb~|ganh~|lev~|poup~|economiz~|aqui tem|aqui tens|em tudo\
|geef|geven|krijg~|ontvang~|bespaar~|pak|hier is|cadeau|op alles\
|daj~|damy|dam|dosta~|otrzym~|zysk~|odbier~|oszczęd~|podaruj~|na wszystko";

/// What holds a shopper back at a sentence's beginning, or before leaving.
const OPENINGS: &[&str] = &[
    "^wait a|^wait before|^wait #|^wait please|^wait don't|^wait we|^wait we've|^wait here's|^wait here|^wait have|^wait take|^wait get|^wait you|^wait your|^wait there's|^hey wait|^oh wait|^hold on|^stay and|^stay a|^stay with|^stay here|^stay on|^stay now|^stay for|^stay just|^stay #|^stay to get|^please stay|^one moment|^leaving already|^leaving so|^leaving us|^leaving now|^leaving yet|^leaving without|^going already|^going so|^not so fast|^changed your mind|^second thoughts|^having second thoughts|because you stayed|before you go|before you leave|before leaving|before you close|don't go|don't leave yet|don't leave us|don't leave now|^don't leave|please don't leave|instead of leaving|for staying|for not leaving|for chatting|for talking to us|for talking with us|for replying|for answering|for asking|to make you stay|so you stay|stick around|^chat with us|^talk to us|^chat now|^reply now|^write to us and|^write to us now|^write us and|^message us and",
    "^warte|^warten sie|^halt|^moment|^stopp|^bleib und|^bleib hier|^bleib da|^bleib bei|^bleib doch|^bleib noch|^bleib dann|^bleibe und|^bleibe hier|^bleibe bei|^bleibe noch|^bleiben sie und|^bleiben sie hier|^bleiben sie da|^bleiben sie bei uns und|^bleiben sie doch|^bleiben sie noch|bitte bleib|^schreib uns und|^schreiben sie uns und|^chatte mit uns|^chatten sie mit uns|^du gehst|^sie gehen|bevor du gehst|bevor sie gehen|ehe du gehst|bevor du uns verlässt|bevor sie uns verlassen|geh nicht|geh noch nicht|gehen sie nicht|gehen sie noch nicht|fürs bleiben|fürs dableiben|für dein bleiben|fürs chatten|fürs schreiben|damit du bleibst|damit sie bleiben",
    "^attends|^attendez|^reste et|^reste avec|^reste encore|^reste ici|^reste un|^restez et|^restez avec|^restez encore|^restez ici|^restez un|^écris-nous et|^écrivez-nous et|^un instant|^tu pars|^vous partez|avant de partir|avant de nous quitter|avant de quitter|avant que tu partes|avant que vous partiez|ne pars pas|ne partez pas|ne nous quitte pas|ne nous quittez pas|pour rester|pour que tu restes|pour que vous restiez|^discute avec nous|^discutez avec nous",
    "^espera|^espere|^quédate y|^quédate con|^quédate un|^quédate aquí|^quédese y|^quédese con|^quédese un|^quédese aquí|^escríbenos y|^escríbanos y|^un momento|^te vas|^ya te vas|^se va|antes de irte|antes de irse|antes de salir|antes de que te vayas|antes de que se vaya|no te vayas|no se vaya|por quedarte|por quedarse|para que te quedes|^chatea con nosotros",
    "^aspetta|^aspetti|^resta e|^resta con|^resta qui|^resta ancora|^resta un|^rimani e|^rimani con|^rimani qui|^rimani ancora|^rimani un|^scrivici e|^ci scriva e|^un attimo|^un momento|^te ne vai|prima di andare|prima di uscire|prima di andartene|prima che tu vada|non andare via|non andartene|non vada via|per restare|se resti qui|^chatta con noi",
    "^espera|^espere|^aguarde|^fica e|^fica connosco|^fica aqui|^fica mais|^fique e|^fique connosco|^fique conosco|^fique aqui|^fique mais|^escreva-nos e|^escreve-nos e|^um momento|^já vai|^já vais|antes de sair|antes de ir|antes de ires|antes que vá|antes que vás|não vá|não vás|por ficar|para ficares|^converse connosco|^conversa connosco",
    "^wacht even|^wacht nog|^wacht we|^wacht hier|^wacht een|^wacht pak|^blijf en|^blijf nog|^blijf hier|^blijf bij ons|^blijf even|^schrijf ons en|^een momentje|^ga je al|^gaat u al|voordat je gaat|voordat u gaat|voor je gaat|voor u gaat|voordat je weggaat|voordat u weggaat|ga niet weg|ga nog niet|om te blijven|zodat je blijft|^chat met ons",
    "^czekaj|^poczekaj|^zaczekaj|^zostań a|^zostań i|^zostań z nami|^zostań jeszcze|^zostań tu|^napisz do nas i|^napisz do nas a|^chwileczkę|^już odchodzisz|^wychodzisz|zanim wyjdziesz|zanim odejdziesz|zanim pójdziesz|nie odchodź|nie wychodź|za pozostanie|żebyś został|żebyś została|^porozmawiaj z nami",
];

/// Words that hold back when nothing else is in the sentence.
const ALONE: &[&str] = &[
    "wait", "stay", "leaving", "going", "stop", "bleib", "bleibe", "reste", "restez", "quédate", "quédese",
    "resta", "resti", "rimani", "fica", "fique", "wacht", "blijf", "zostań",
];

/// "If you", how far off the act may stand, and the act.
const CONDITIONS: &[(&str, usize, &str)] = &[
    (
        "if you|when you|if you'll|as long as you|once you|provided you|and you|to those who|for those who|for everyone who",
        NEAR,
        "stay|stay here|stick with us|remain|don't leave|don't go|do not leave|do not go|chat|talk|talk to us|reply|respond|answer|write to us|write us|message us|ask us|complete your|complete the|complete this|complete it|finish your|finish the|finish this|finish it|finalise your|finalize your|order now|order today|order right|buy now|buy today|buy right|pay right|pay now|pay today|check out now|check out today|checkout now|checkout today|decide now|decide today",
    ),
    (
        "wenn du|wenn sie|falls du|falls sie|sofern du|sofern sie|für alle die|für jeden der",
        VERB_LAST,
        "bleibst|bleiben|bleibt|dableibst|dableiben|nicht gehst|nicht gehen|nicht verlässt|chattest|chatten|antwortest|antworten|uns schreibst|uns schreiben|mit uns sprichst|mit uns sprechen|abschließt|abschließen|jetzt bestellst|jetzt bestellen|heute bestellst|heute bestellen|sofort bestellst|sofort bestellen|jetzt kaufst|jetzt kaufen|heute kaufst|heute kaufen",
    ),
    (
        "si tu|si vous|quand tu|quand vous|lorsque vous",
        NEAR,
        "restes|restez|ne pars pas|ne partez pas|discutes|discutez|réponds|répondez|nous écris|nous écrivez|écrivez|nous parles|nous parlez|finalises|finalisez|terminez ta|terminez votre|termines ta|commandes maintenant|commandez maintenant|commandes aujourd'hui|commandez aujourd'hui|achetez maintenant|achetez aujourd'hui|payez maintenant",
    ),
    (
        "si|cuando",
        NEAR,
        "te quedas|se queda|no te vas|no se va|chateas|chatea|respondes|responde|contestas|nos escribes|nos escribe|hablas con|habla con|completas|completa tu|completa su|terminas tu|termina su|finalizas|finaliza|compras ahora|compras hoy|pides ahora|pides hoy|compra ahora|compra hoy",
    ),
    (
        "se|quando",
        NEAR,
        "resti|resta|rimani|rimane|non te ne vai|non vai via|chatti|rispondi|risponde|ci scrivi|ci scrive|parli con|completi|completa il|concludi|conclude|finisci l'ordine|ordini ora|ordini adesso|ordini oggi|compri ora|compri oggi|acquisti ora|acquisti oggi",
    ),
    (
        "se|quando",
        NEAR,
        "ficar|ficares|fica|ficas|não sair|não for|não fores|conversar|responder|responderes|nos escrever|nos escreveres|falar connosco|concluir|concluíres|finalizar|finalizares|terminar a|terminares a|comprar agora|comprar hoje|comprares agora|comprares hoje|encomendar agora|encomendar hoje|encomendares agora|encomendares hoje",
    ),
    (
        "als je|als u|wanneer je|wanneer u|indien u|mits je",
        VERB_LAST,
        "blijft|niet weggaat|niet gaat|chat|chatten|antwoordt|reageert|ons schrijft|met ons praat|afrondt|afmaakt|voltooit|nu bestelt|vandaag bestelt|nu koopt|vandaag koopt|meteen bestelt|direct bestelt",
    ),
    (
        "jeśli|jeżeli|gdy|kiedy",
        NEAR,
        "zostaniesz|zostajesz|nie wyjdziesz|nie odejdziesz|odpowiesz|napiszesz|porozmawiasz|dokończysz|sfinalizujesz|złożysz zamówienie teraz|złożysz zamówienie dziś|zamówisz teraz|zamówisz dziś|kupisz teraz|kupisz dziś",
    ),
];

/// An order to finish, with its reward.
const FINISHING: &[&[&str]] = &[
    &[
        "^complete|^finish|^finalise|^finalize|to complete|to finish|for completing|for finishing|by completing|by finishing",
        "order|purchase|checkout",
    ],
    &[
        "^order now|^order today|^buy now|^buy today|^check out now|^checkout now|^check out today|^checkout today|^pay now|decide now|decide today|place your order now|place your order today|by ordering now|by ordering today|for ordering now|for ordering today",
    ],
    &["^schließ|^schließe|^schließen sie", "bestellung|einkauf|kauf"],
    &[
        "^bestell jetzt|^bestelle jetzt|^bestellen sie jetzt|^jetzt bestellen|^jetzt kaufen|^bestell heute|^bestelle heute|^bestellen sie heute|^bestell noch heute|^bestelle noch heute|^bestellen sie noch heute|^jetzt abschließen",
    ],
    &["^finalise|^finalisez|^termine|^terminez", "commande|achat|panier"],
    &["^commande maintenant|^commandez maintenant|^commandez aujourd'hui|^achetez maintenant"],
    &["^completa|^complete|^termina|^termine|^finaliza|^finalice", "pedido|compra"],
    &["^compra ahora|^compre ahora|^pide ahora|^compra hoy|^pide hoy|^pida hoy"],
    &["^completa|^completi|^concludi|^concluda|^finisci", "ordine|l'ordine|acquisto|l'acquisto"],
    &["^ordina ora|^ordina adesso|^ordina oggi|^acquista ora|^compra ora|^compra adesso"],
    &["^conclua|^conclui|^finalize|^finaliza|^termine|^termina|^complete", "encomenda|compra|pedido"],
    &["^compre agora|^compra agora|^compre já|^encomende agora|^encomende hoje|^encomenda hoje"],
    &["^rond|^maak|^voltooi", "bestelling|aankoop"],
    &["^bestel nu|^bestel vandaag|^koop nu|^nu bestellen"],
    &["^dokończ|^sfinalizuj|^złóż", "zamówienie|zakupy|zakup"],
    &["^zamów teraz|^zamów dziś|^kup teraz|^kup dziś"],
];
