//! German.

use super::Sentences;

pub(super) const SENTENCES: Sentences = Sentences {
    greeting: "Hallo! Wie können wir helfen?",
    bot_name: "Assistent",
    bot_disclosure: "Hier antwortet ein automatischer Assistent. Sie können jederzeit nach einem Menschen fragen.",
    hand_off: "Das gebe ich an meine Kolleginnen und Kollegen weiter. Jemand antwortet Ihnen {when}.",
    hand_off_closed: "Das gebe ich an meine Kolleginnen und Kollegen weiter. Wir haben gerade geschlossen; \
        jemand antwortet Ihnen {when}.",
    ask_contact: "Wo erreichen wir Sie, wenn Sie diese Seite verlassen? Eine E-Mail-Adresse oder Telefonnummer genügt.",
    anything_else: "Gern geschehen. Kann ich sonst noch helfen?",
    goodbye: "Auf Wiedersehen, und danke für den Besuch.",
    nothing_else: "In Ordnung. Ich bin hier, falls noch etwas ist.",
    did_you_mean: "Meinten Sie eines davon?",
    which_product: "Welches Produkt meinen Sie? Schreiben Sie den Namen, dann sehe ich nach.",
    which_problem: "Ist es eines davon?",
    did_that_help: "Hat das geholfen?",
    it_helped: "Ja, danke",
    still_need_help: "Nein, ich brauche noch Hilfe",
    a_person: "Mit jemandem sprechen",
    passed_on_too: "Auch das habe ich weitergegeben. Jemand antwortet Ihnen {when}.",
    orders_need_a_person: "Bestellungen kann ich selbst nicht einsehen. Wenn Sie Ihre Bestellnummer hier schreiben, sieht \
        ein Mensch nach.",
    thanks_for_contact: "Danke. Wenn Sie diese Seite verlassen haben, erreichen wir Sie unter {contact}.",
    somebody_answers: "Jemand antwortet Ihnen {when}.",
    as_soon_as_possible: "so bald wie möglich",
    within_a_minute: "innerhalb einer Minute",
    within_minutes: "innerhalb von {count} Minuten",
    within_an_hour: "innerhalb einer Stunde",
    within_hours: "innerhalb von {count} Stunden",
    within_a_day: "innerhalb eines Tages",
    within_days: "innerhalb von {count} Tagen",
    today_at: "heute um {time}",
    tomorrow_at: "morgen um {time}",
    day_at: "{day} um {time}",
    in_a_week_at: "in einer Woche um {time}",
    hours_of_days: "{days} {open} bis {close}",
    days_and: "{first} und {last}",
    days_to: "{first} bis {last}",
    day_and_night: "Wir sind Tag und Nacht da.",
    open_until_time: "{hours}. Jetzt haben wir geöffnet, bis {time}.",
    open_until_moment: "{hours}. Jetzt haben wir geöffnet, bis {moment}.",
    closed_until: "{hours}. Jetzt haben wir geschlossen und öffnen {moment} wieder.",
    costs: "{title} kostet {price}.",
    costs_between: "{title} kostet je nach Ausführung {low} bis {high}.",
    price_span: "{low} bis {high}",
    comes_as: "{title} gibt es als:",
    and_more: "und {count} weitere",
    is_in_stock: "{title} ist vorrätig, für {price}.",
    is_sold_out: "{title} ist zurzeit ausverkauft.",
    forms_sold_out: "Zurzeit ausverkauft: {forms}.",
    in_stock: "vorrätig",
    sold_out: "ausverkauft",
    sold_out_now: "zurzeit ausverkauft",
    similar: "Ähnlich und vorrätig:",
    here_are: "Das haben wir:",
    here_is_some: "Das ist ein Teil von dem, was wir haben:",
    shown_of: "{shown} von {count}.",
    tell_me_about: "{title}",
    link_unknown: "Wir konnten den Chat zu diesem Link oder Code nicht finden. Öffnen Sie den Chat auf unserer Website und \
        wählen Sie dort Messenger für einen neuen – oder schreiben Sie uns einfach hier.",
    link_used: "Diesen Link hat schon jemand anderes benutzt, deshalb haben wir den Chat hier nicht geöffnet. Öffnen Sie \
        den Chat auf unserer Website und wählen Sie dort Messenger für Ihren eigenen Link – oder schreiben Sie uns \
        einfach hier.",
    link_expired: "Dieser Link ist abgelaufen. Öffnen Sie den Chat auf unserer Website und wählen Sie dort Messenger für \
        einen neuen – oder schreiben Sie uns einfach hier.",
    link_too_often: "Das waren zu viele Versuche. Bitte versuchen Sie es in einer Stunde wieder – oder schreiben Sie uns \
        einfach hier.",
    linked: "Hier geht Ihr Chat mit {store} weiter. Ihre Nachrichten und unsere Antworten erreichen Sie jetzt auch im \
        Messenger. Falls nicht Sie diesen Chat begonnen haben, tippen Sie auf „{not_me}“.",
    not_me: "Das war ich nicht",
    unlinked: "Danke für den Hinweis. Dieser Chat ist nicht mehr mit Ihrem Messenger verbunden. Sie können uns hier \
        jederzeit schreiben.",
    ask_to_move: "Sie haben in diesem Messenger schon einen Chat mit {store}. Soll stattdessen der Chat hier weitergehen, \
        den Sie gerade auf der Website geöffnet haben?",
    move_here: "Hier weiterführen",
    keep: "So lassen",
    kept: "In Ordnung, es bleibt alles, wie es war.",
    still_here: "Sie sind schon verbunden: Schreiben Sie einfach hier, wir antworten hier.",
    staff_linked: "Sie antworten jetzt für {store}. Nachrichten von Kunden kommen hier an; antworten Sie auf eine \
        Nachricht (gedrückt halten, „Antworten“), und Ihre Antwort erreicht diese Person, wo immer sie ist.",
    quote_to_answer: "Um jemandem zu antworten, antworten Sie auf die Nachricht: gedrückt halten, dann „Antworten“. So \
        erreicht es die richtige Person.",
    only_text: "Nur Text kann weitergegeben werden. Bitte schreiben Sie es als Nachricht.",
    shopper: "Kunde {id}",
    stopped: "Sie erhalten keine Nachrichten von {store} in {channel} mehr. Wenn Sie es sich anders überlegen, \
        schreiben Sie START.",
    resumed: "Willkommen zurück. {store} kann Ihnen in {channel} wieder schreiben; mit STOP beenden Sie das \
        jederzeit.",
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    on_weekdays: [
        "am Montag",
        "am Dienstag",
        "am Mittwoch",
        "am Donnerstag",
        "am Freitag",
        "am Samstag",
        "am Sonntag",
    ],
};
