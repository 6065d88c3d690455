//! French.

use super::Sentences;

pub(super) const SENTENCES: Sentences = Sentences {
    greeting: "Bonjour ! Comment pouvons-nous vous aider ?",
    bot_name: "Assistant virtuel",
    bot_disclosure: "Un assistant automatique vous répond. Demandez une personne à tout moment.",
    hand_off: "Je transmets à mes collègues. Quelqu'un vous répond {when}.",
    hand_off_closed: "Je transmets à mes collègues. Nous sommes fermés en ce moment ; quelqu'un vous répond {when}.",
    ask_contact: "Où pouvons-nous vous joindre si vous quittez cette page ? Une adresse e-mail ou un numéro de téléphone \
        suffit.",
    anything_else: "Avec plaisir. Puis-je faire autre chose pour vous ?",
    goodbye: "Au revoir, et merci de votre visite.",
    nothing_else: "Très bien. Je suis là si besoin.",
    did_you_mean: "Vouliez-vous dire l'un de ceux-ci ?",
    which_product: "De quel produit parlez-vous ? Écrivez son nom et je regarde.",
    which_problem: "Est-ce l'un de ceux-ci ?",
    did_that_help: "Cela vous a-t-il aidé ?",
    it_helped: "Oui, merci",
    still_need_help: "Non, j'ai encore besoin d'aide",
    a_person: "Parler à quelqu'un",
    passed_on_too: "Je l'ai transmis également. Quelqu'un vous répond {when}.",
    orders_need_a_person: "Je ne peux pas consulter les commandes moi-même. Écrivez ici votre numéro de commande et une \
        personne regardera.",
    thanks_for_contact: "Merci. Si vous avez quitté cette page, nous vous joindrons ici : {contact}.",
    somebody_answers: "Quelqu'un vous répond {when}.",
    as_soon_as_possible: "dès que possible",
    within_a_minute: "en moins d'une minute",
    within_minutes: "dans les {count} minutes",
    within_an_hour: "dans l'heure",
    within_hours: "dans les {count} heures",
    within_a_day: "dans la journée",
    within_days: "dans les {count} jours",
    today_at: "aujourd'hui à {time}",
    tomorrow_at: "demain à {time}",
    day_at: "{day} à {time}",
    in_a_week_at: "dans une semaine à {time}",
    hours_of_days: "{days} de {open} à {close}",
    days_and: "{first} et {last}",
    days_to: "{first} à {last}",
    day_and_night: "Nous sommes là jour et nuit.",
    open_until_time: "{hours}. Nous sommes ouverts en ce moment, jusqu'à {time}.",
    open_until_moment: "{hours}. Nous sommes ouverts en ce moment, jusqu'à {moment}.",
    closed_until: "{hours}. Nous sommes fermés en ce moment et rouvrons {moment}.",
    costs: "{title} coûte {price}.",
    costs_between: "{title} coûte de {low} à {high}, selon le modèle.",
    price_span: "{low} à {high}",
    comes_as: "{title} existe en :",
    and_more: "et {count} autres",
    is_in_stock: "{title} est en stock, à {price}.",
    is_sold_out: "{title} est épuisé pour le moment.",
    forms_sold_out: "Épuisé pour le moment : {forms}.",
    in_stock: "en stock",
    sold_out: "épuisé",
    sold_out_now: "épuisé pour le moment",
    similar: "Semblable et en stock :",
    here_are: "Voici ce que nous avons :",
    here_is_some: "Voici une partie de ce que nous avons :",
    shown_of: "{shown} sur {count}.",
    tell_me_about: "{title}",
    link_unknown: "Nous n'avons pas trouvé la conversation de ce lien ou de ce code. Ouvrez le chat sur notre site et \
        choisissez-y Messenger pour en obtenir un nouveau – ou écrivez-nous simplement ici.",
    link_used: "Ce lien a déjà été utilisé par quelqu'un d'autre ; nous n'avons donc pas ouvert cette conversation ici. \
        Ouvrez le chat sur notre site et choisissez-y Messenger pour obtenir votre propre lien – ou écrivez-nous \
        simplement ici.",
    link_expired: "Ce lien a expiré. Ouvrez le chat sur notre site et choisissez-y Messenger pour en obtenir un nouveau – \
        ou écrivez-nous simplement ici.",
    link_too_often: "Trop d'essais. Réessayez dans une heure – ou écrivez-nous simplement ici.",
    linked: "Votre conversation avec {store} continue ici. Vos messages et nos réponses vous parviennent désormais aussi \
        dans Messenger. Si vous n'avez pas commencé cette conversation, touchez « {not_me} ».",
    not_me: "Ce n'est pas moi",
    unlinked: "Merci de nous l'avoir dit. Cette conversation n'est plus reliée à votre Messenger. Vous pouvez nous écrire \
        ici à tout moment.",
    ask_to_move: "Vous avez déjà une conversation avec {store} dans ce Messenger. La conversation que vous venez d'ouvrir \
        sur le site doit-elle continuer ici à la place ?",
    move_here: "La continuer ici",
    keep: "Ne rien changer",
    kept: "Très bien, rien n'a changé.",
    still_here: "Vous êtes déjà relié : écrivez simplement ici, nous répondons ici.",
    staff_linked: "Vous répondez maintenant pour {store}. Les messages des clients arrivent ici ; répondez à un message \
        (appui long, « Répondre ») et votre réponse parvient à cette personne, où qu'elle soit.",
    quote_to_answer: "Pour répondre à un client, répondez à son message : appui long, puis « Répondre ». Ainsi, cela \
        parvient à la bonne personne.",
    only_text: "Seul du texte peut être transmis au client. Veuillez l'écrire dans un message.",
    shopper: "Client {id}",
    stopped: "Vous ne recevrez plus de messages de {store} dans {channel}. Si vous changez d'avis, écrivez START.",
    resumed: "Heureux de vous revoir. {store} peut de nouveau vous écrire dans {channel} ; écrivez STOP pour y \
        mettre fin à tout moment.",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    on_weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
};
