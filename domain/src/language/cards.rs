//! What a card says where the store has no words of its own: at a cart what it costs in the end, when it comes and
//! how it goes back; never a discount.

use super::Language;
use crate::behaviour::Topic;

impl Language {
    /// The card's text for a moment about `topic`.
    pub(crate) const fn card_text(self, topic: Topic) -> &'static str {
        let [leaving, cart, size, products] = match self {
            Self::English => [
                "Is a question still open? Ask it here; the answer waits for you.",
                "What is the total with delivery, when does it come, how does it go back? Ask here before you order.",
                "Not sure about the size? Here is the size guide, and you can ask about your own case.",
                "Two that you like? Here they are side by side. Ask what sets them apart.",
            ],
            Self::German => [
                "Ist noch eine Frage offen? Stellen Sie sie hier; die Antwort wartet auf Sie.",
                "Was kostet es mit Lieferung, wann kommt es, wie geht es zurück? Fragen Sie hier, bevor Sie bestellen.",
                "Unsicher bei der Größe? Hier ist die Größentabelle, und Sie können nach Ihrem Fall fragen.",
                "Zwei, die Ihnen gefallen? Hier stehen sie nebeneinander. Fragen Sie, was sie unterscheidet.",
            ],
            Self::French => [
                "Il reste une question\u{a0}? Posez-la ici\u{a0}; la réponse vous attend.",
                "Quel est le total avec la livraison, quand arrive-t-elle, comment retourner un article\u{a0}? Demandez ici \
                 avant de commander.",
                "Un doute sur la taille\u{a0}? Voici le guide des tailles, et vous pouvez demander pour votre cas.",
                "Deux articles vous plaisent\u{a0}? Les voici côte à côte. Demandez ce qui les distingue.",
            ],
            Self::Spanish => [
                "¿Queda alguna pregunta? Hazla aquí; la respuesta te espera.",
                "¿Cuánto es el total con el envío, cuándo llega, cómo se devuelve? Pregunta aquí antes de pedir.",
                "¿Dudas con la talla? Aquí está la guía de tallas, y puedes preguntar por tu caso.",
                "¿Te gustan dos? Aquí están uno al lado del otro. Pregunta en qué se diferencian.",
            ],
            Self::Italian => [
                "C'è ancora una domanda? Falla qui; la risposta ti aspetta.",
                "Quanto costa in tutto con la consegna, quando arriva, come si rende? Chiedi qui prima di ordinare.",
                "Dubbi sulla taglia? Ecco la guida alle taglie, e puoi chiedere del tuo caso.",
                "Te ne piacciono due? Eccoli uno accanto all'altro. Chiedi che cosa li distingue.",
            ],
            Self::Portuguese => [
                "Ficou alguma pergunta? Faça-a aqui; a resposta espera por si.",
                "Quanto é o total com a entrega, quando chega, como se devolve? Pergunte aqui antes de encomendar.",
                "Dúvidas com o tamanho? Aqui está o guia de tamanhos, e pode perguntar sobre o seu caso.",
                "Gosta de dois? Aqui estão lado a lado. Pergunte o que os distingue.",
            ],
            Self::Dutch => [
                "Is er nog een vraag? Stel die hier; het antwoord wacht op je.",
                "Wat kost het met bezorging, wanneer komt het, hoe gaat het terug? Vraag het hier voordat je bestelt.",
                "Twijfel je over de maat? Hier is de maattabel, en je kunt naar je eigen geval vragen.",
                "Bevallen er twee? Hier staan ze naast elkaar. Vraag wat ze onderscheidt.",
            ],
            Self::Polish => [
                "Zostało jakieś pytanie? Proszę zadać je tutaj; odpowiedź poczeka.",
                "Ile wyniesie całość z dostawą, kiedy dotrze, jak ją zwrócić? Proszę zapytać tutaj przed zamówieniem.",
                "Wątpliwości co do rozmiaru? Oto tabela rozmiarów; można też zapytać o własny przypadek.",
                "Podobają się dwa? Oto one obok siebie. Proszę zapytać, co je różni.",
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
