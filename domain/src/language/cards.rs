//! What a card says where the store has no words of its own: at a cart what it costs in the end, when it comes and
//! how it goes back; never a discount. Each is true with and without a comparison or a size guide beside it.

use super::Language;
use crate::behaviour::Topic;

impl Language {
    /// The card's text for a moment about `topic`.
    pub(crate) const fn card_text(self, topic: Topic) -> &'static str {
        let [leaving, cart, size, products] = match self {
            Self::English => [
                "Is a question still open? Ask it here; the answer waits for you.",
                "What is the total with delivery, when does it come, how does it go back? Ask here before you order.",
                "Not sure about the size? Tell us what you need it for.",
                "Torn between two? Ask what sets them apart, and which suits you.",
            ],
            Self::German => [
                "Ist noch eine Frage offen? Stellen Sie sie hier; die Antwort wartet auf Sie.",
                "Was kostet es mit Lieferung, wann kommt es, wie geht es zurück? Fragen Sie hier, bevor Sie bestellen.",
                "Unsicher bei der Größe? Schreiben Sie uns, wofür Sie es brauchen.",
                "Zwei in der engeren Wahl? Fragen Sie, was sie unterscheidet und was zu Ihnen passt.",
            ],
            Self::French => [
                "Il reste une question\u{a0}? Posez-la ici\u{a0}; la réponse vous attend.",
                "Quel est le total avec la livraison, quand arrive-t-elle, comment retourner un article\u{a0}? Demandez ici \
                 avant de commander.",
                "Un doute sur la taille\u{a0}? Dites-nous pour quel usage.",
                "Vous hésitez entre deux articles\u{a0}? Demandez ce qui les distingue, et lequel vous convient.",
            ],
            Self::Spanish => [
                "¿Queda alguna pregunta? Hazla aquí; la respuesta te espera.",
                "¿Cuánto es el total con el envío, cuándo llega, cómo se devuelve? Pregunta aquí antes de pedir.",
                "¿Dudas con la talla? Cuéntanos para qué lo necesitas.",
                "¿Dudas entre dos? Pregunta en qué se diferencian y cuál te conviene.",
            ],
            Self::Italian => [
                "C'è ancora una domanda? Falla qui; la risposta ti aspetta.",
                "Quanto costa in tutto con la consegna, quando arriva, come si rende? Chiedi qui prima di ordinare.",
                "Dubbi sulla taglia? Raccontaci a che cosa ti serve.",
                "Difficile scegliere tra due? Chiedi che cosa li distingue e quale fa per te.",
            ],
            Self::Portuguese => [
                "Ficou alguma pergunta? Faça-a aqui; a resposta espera por si.",
                "Quanto é o total com a entrega, quando chega, como se devolve? Pergunte aqui antes de encomendar.",
                "Dúvidas com o tamanho? Diga-nos para que precisa dele.",
                "Na dúvida entre dois? Pergunte o que os distingue e qual lhe convém.",
            ],
            Self::Dutch => [
                "Is er nog een vraag? Stel die hier; het antwoord wacht op je.",
                "Wat kost het met bezorging, wanneer komt het, hoe gaat het terug? Vraag het hier voordat je bestelt.",
                "Twijfel je over de maat? Vertel ons waar je het voor nodig hebt.",
                "Twijfel je tussen twee? Vraag wat ze onderscheidt, en welke bij je past.",
            ],
            Self::Polish => [
                "Zostało jakieś pytanie? Proszę zadać je tutaj; odpowiedź poczeka.",
                "Ile wyniesie całość z dostawą, kiedy dotrze, jak ją zwrócić? Proszę zapytać tutaj przed zamówieniem.",
                "Wątpliwości co do rozmiaru? Proszę napisać, do czego ma służyć.",
                "Trudny wybór między dwoma? Proszę zapytać, co je różni i co lepiej pasuje.",
            ],
        };
        match topic {
            Topic::Leaving => leaving,
            Topic::Cart => cart,
            Topic::Size => size,
            Topic::Products => products,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::faulty_sentence;
    use std::collections::BTreeSet;

    #[test]
    fn every_text_is_its_own_fits_a_card_and_is_honest() {
        let mut texts = BTreeSet::new();
        for language in Language::ALL {
            for topic in Topic::ALL {
                let text = language.card_text(topic);
                assert!(texts.insert(text), "{text}");
                assert!((30..=150).contains(&text.chars().count()), "{text}");
                assert_eq!(faulty_sentence(text), None);
            }
        }
    }
}
