//! Portuguese.

use super::CardWords;
use crate::behaviour::Reason;

pub(super) const WORDS: CardWords = CardWords {
    reply: "Responder",
    not_now: "Agora não",
    why: "Porque vejo isto?",
    close: "Fechar",
    because: "O que levou a isto:",
    judged_here: "Foi o seu navegador que o avaliou, e nada disso foi enviado para lado nenhum.",
    never: "Nunca mais mostrar",
    size_guide: "Guia de tamanhos",
    side_by_side: "Lado a lado",
    price: "Preço",
    from_price: "desde {price}",
    availability: "Disponibilidade",
    in_stock: "Em stock",
    out_of_stock: "Esgotado",
    pre_order: "Em pré-venda",
    back_order: "Por encomenda, chega mais tarde",
    reason,
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::LeftThroughTop => "Estava prestes a sair da página",
        Reason::StayedOut => "O ponteiro ficou fora da janela",
        Reason::WentCalmly => "O ponteiro foi calmamente para o topo da janela",
        Reason::SlowedDown => "O ponteiro abrandou antes de sair",
        Reason::SweptOff => "O ponteiro foi atirado para fora da página",
        Reason::CartHolds => "Há algo no seu carrinho",
        Reason::FocusLost => "Passou para outra parte do navegador",
        Reason::AddressKey => "Foi à barra de endereço",
        Reason::FlickedUp => "Voltou muito para cima na página",
        Reason::FlickedHard => "Subiu com pressa",
        Reason::ReachedTop => "Parou no topo da página",
        Reason::AwayAgain => "Saiu desta página e voltou, mais do que uma vez",
        Reason::TurnedBack => "Estava a voltar para cima",
        Reason::CartWaits => "O seu carrinho espera há algum tempo",
        Reason::ItemRemoved => "Tirou algo do carrinho",
        Reason::QuantityChanged => "Alterou uma quantidade",
        Reason::ItemAdded => "Acrescentou algo enquanto via o carrinho",
        Reason::ChangedAgain => "Alterou a mesma coisa outra vez",
        Reason::CouponSought => "Procurou um desconto",
        Reason::CouponRefused => "Um código de desconto não funcionou",
        Reason::CouponHunted => "Voltou depois de experimentar um código de desconto",
        Reason::CheckoutLeft => "Voltou da finalização da compra",
        Reason::FieldLeftEmpty => "Hesitou num campo",
        Reason::RageClicked => "Algo não respondeu aos seus cliques",
        Reason::DeadClicked => "Clicou em algo que não faz nada",
        Reason::TitleCopied => "Copiou o nome de um produto",
        Reason::PriceCopied => "Copiou um preço",
        Reason::CodeCopied => "Copiou o número de um produto",
        Reason::ComparedElsewhere => "Voltou depois de ver noutro lado",
        Reason::SizeGuideOpened => "Viu o guia de tamanhos",
        Reason::VariantTried => "Experimentou várias variantes",
        Reason::VariantTriedAgain => "Andou para trás e para a frente entre variantes",
        Reason::SpecificationReread => "Leu os detalhes outra vez",
        Reason::ProductRevisited => "Andou para trás e para a frente entre produtos",
        Reason::ProductRevisitedOften => "Voltou várias vezes a um produto",
    }
}
