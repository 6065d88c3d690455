//! French.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["plus que|il ne reste que|il ne reste plus que|il reste seulement|seulement", "#|quelques", "en stock|exemplaires|exemplaire|articles|pièces|disponibles|restants|places"]),
    (Scarcity, &["il ne reste que|il ne reste plus que|plus que", "#|quelques"]),
    (Scarcity, &["bientôt|presque|quasi", "épuisé~|rupture|vendu"]),
    (Scarcity, &["dernière|dernières|derniers|ultime", "chance|occasion|pièces|exemplaires|articles"]),
    (Scarcity, &["ne ratez pas|ne manquez pas|ne rate pas|ne manque pas|ne laissez pas passer"]),
    (Scarcity, &["jusqu'à épuisement|dans la limite des stocks|avant qu'il ne soit trop tard|avant rupture"]),
    (Crowd, &["#|plusieurs|beaucoup", "personnes|clients|visiteurs|internautes|autres", "regardent|consultent|voient|ont cet|ont ce|ont acheté|achètent"]),
    (Crowd, &["quelqu'un", "vient", "d'acheter|de commander"]),
    (Countdown, &["l'offre|offre|promotion|prix|remise|réduction|code|promo", "se termine|expire|prend fin|finit", "dans|bientôt|ce soir|aujourd'hui|minuit"]),
    (Countdown, &["aujourd'hui seulement|aujourd'hui uniquement|seulement aujourd'hui|uniquement aujourd'hui|offre éclair|vente flash|temps limité"]),
    (Countdown, &["dépêchez-vous|dépêche-toi|faites vite|vite|maintenant ou jamais|le temps presse|plus que quelques heures"]),
    (Countdown, &["plus que|encore", "#", "minutes|heures|secondes"]),
    (Countdown, &["avant", "prix", "augmente~|monte~"]),
    (Shaming, &["^non", "je", "préfère|déteste|n'aime pas|ne veux pas|n'ai pas besoin", "payer|économiser|économies|remise|réduction|plus cher"]),
    (Shaming, &["je", "préfère|aime", "payer", "plus|cher|plein"]),
    (Guilt, &["ne partez pas|ne pars pas|restez avec nous|ne nous quittez pas|ne nous quitte pas|vous partez déjà|déjà parti"]),
    (Guilt, &["tristes|triste|désolés|navrés|dommage", "partir|partez|quitter|quittez"]),
    (Guilt, &["panier", "manque|triste|seul|s'ennuie"]),
    (Guilt, &["vous nous manquez|vous allez nous manquer"]),
    (AssumedConsent, &["en", "fermant|continuant|cliquant|restant|répondant|naviguant", "vous|tu", "acceptez|acceptes|consentez"]),
    (AssumedConsent, &["case", "déjà", "cochée|sélectionnée"]),
    (AssumedConsent, &["vous êtes|vous avez été", "déjà|automatiquement", "inscrit~|abonné~"]),
    (Coercion, &["avant de partir|avant de nous quitter|attendez|avant de quitter", "réduction|remise|rabais|offert|promo"]),
    (Coercion, &["restez|reste|discutez|répondez|écrivez-nous", "recevez|reçois|obtenez|profitez|gagnez", "réduction|remise|rabais|#"]),
    (Coercion, &["si vous", "partez|fermez|quittez", "perdez|perdrez"]),
];
