//! Spanish.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["solo|sólo|únicamente|apenas", "quedan|queda", "#|pocas|pocos|unas|unos"]),
    (Scarcity, &["quedan|queda", "solo|sólo|pocas|pocos", "#|unidades|unidad|piezas"]),
    (Scarcity, &["últimas|últimos|última", "unidades|piezas|existencias|oportunidad|ocasión|plazas"]),
    (Scarcity, &["casi|prácticamente", "agotado~|vendido~"]),
    (Scarcity, &["no te lo pierdas|no se lo pierda|no te pierdas|no se pierda|no dejes pasar|no deje pasar|hasta agotar existencias|antes de que se agote~"]),
    (Crowd, &["#|muchas|varias|otras", "personas|clientes|compradores|usuarios", "viendo|mirando|tienen|compraron|han comprado"]),
    (Crowd, &["alguien", "acaba de", "comprar|pedir"]),
    (Countdown, &["oferta|descuento|precio|promoción|código|cupón", "termina|acaba|caduca|expira|vence", "en|hoy|pronto|medianoche|esta"]),
    (Countdown, &["solo hoy|sólo hoy|solo por hoy|sólo por hoy|tiempo limitado|oferta relámpago"]),
    (Countdown, &["date prisa|dese prisa|apresúrate|apresúrese|corre|ahora o nunca|el tiempo corre|el reloj corre"]),
    (Countdown, &["quedan|solo|sólo", "#", "minutos|horas|segundos"]),
    (Countdown, &["antes", "precio", "suba|aumente"]),
    (Shaming, &["^no", "prefiero|odio|no quiero|no me gusta|me gusta|no necesito", "pagar|ahorrar|ahorro|descuento~"]),
    (Shaming, &["prefiero", "pagar", "más|todo|precio"]),
    (Guilt, &["no te vayas|no se vaya|no nos dejes|quédate con nosotros|ya te vas|te vas ya|te echaremos de menos"]),
    (Guilt, &["pena|tristes|triste|lástima", "vayas|vaya|irte|marches|vas"]),
    (Guilt, &["carrito|cesta", "echa de menos|extraña|triste|solo"]),
    (AssumedConsent, &["al", "cerrar|continuar|hacer clic|responder|navegar|seguir", "aceptas|acepta|consientes|consiente"]),
    (AssumedConsent, &["casilla", "ya", "marcada|seleccionada"]),
    (AssumedConsent, &["ya|automáticamente", "suscrito|inscrito|dado de alta"]),
    (Coercion, &["antes de irte|antes de irse|antes de salir|antes de que te vayas|espera|espere", "descuento|rebaja|cupón"]),
    (Coercion, &["quédate|quédese|chatea|responde|escríbenos", "llévate|llévese|consigue|obtén|recibe|gana|ahorra", "descuento|#|cupón"]),
    (Coercion, &["si", "cierras|te vas|sales", "pierdes|perderás"]),
];
