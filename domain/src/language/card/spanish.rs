//! Spanish.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Responder",
    not_now: "Ahora no",
    why: "¿Por qué veo esto?",
    close: "Cerrar",
    because: "Lo que ha llevado a esto:",
    judged_here: "Lo ha valorado tu propio navegador y nada de ello se ha enviado a ninguna parte.",
    never: "No mostrar nunca más",
    size_guide: "Guía de tallas",
    side_by_side: "Comparación",
    price: "Precio",
    from_price: "desde {price}",
    availability: "Disponibilidad",
    in_stock: "En existencias",
    out_of_stock: "Agotado",
    pre_order: "En preventa",
    back_order: "Se puede pedir, llega más tarde",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Estabas a punto de salir de la página",
        Reason::StayedOut => "El puntero se quedó fuera de la ventana",
        Reason::WentCalmly => "El puntero fue con calma hacia la parte superior de la ventana",
        Reason::SlowedDown => "El puntero se frenó antes de salir",
        Reason::SweptOff => "El puntero salió de la página de un tirón",
        Reason::CartHolds => "Hay algo en tu carrito",
        Reason::FocusLost => "Pasaste a otra parte del navegador",
        Reason::AddressKey => "Fuiste a la barra de direcciones",
        Reason::FlickedUp => "Volviste muy arriba en la página",
        Reason::FlickedHard => "Subiste con prisa",
        Reason::ReachedTop => "Te detuviste en el principio de la página",
        Reason::AwayAgain => "Saliste de esta página y volviste, más de una vez",
        Reason::TurnedBack => "Estabas volviendo hacia arriba",
        Reason::CartWaits => "Tu carrito lleva un rato esperando",
        Reason::ItemRemoved => "Sacaste algo del carrito",
        Reason::QuantityChanged => "Cambiaste una cantidad",
        Reason::ItemAdded => "Añadiste algo mientras mirabas el carrito",
        Reason::ChangedAgain => "Volviste a cambiar lo mismo",
        Reason::CouponSought => "Buscaste un descuento",
        Reason::CouponRefused => "Un código de descuento no funcionó",
        Reason::CouponHunted => "Volviste después de probar un código de descuento",
        Reason::CheckoutLeft => "Volviste de la caja",
        Reason::FieldLeftEmpty => "Dudaste ante un campo",
        Reason::RageClicked => "Algo no respondió a tus clics",
        Reason::DeadClicked => "Hiciste clic en algo que no hace nada",
        Reason::TitleCopied => "Copiaste el nombre de un producto",
        Reason::PriceCopied => "Copiaste un precio",
        Reason::CodeCopied => "Copiaste el número de un producto",
        Reason::ComparedElsewhere => "Volviste después de mirar en otra parte",
        Reason::SizeGuideOpened => "Miraste la guía de tallas",
        Reason::VariantTried => "Probaste varias variantes",
        Reason::VariantTriedAgain => "Fuiste y volviste entre variantes",
        Reason::SpecificationReread => "Volviste a leer los detalles",
        Reason::ProductRevisited => "Fuiste y volviste entre productos",
        Reason::ProductRevisitedOften => "Volviste varias veces a un producto",
    }
}
