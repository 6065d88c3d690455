//! Portuguese.

use super::CopyFault::{self, AssumedConsent, Coercion, Countdown, Crowd, Guilt, Scarcity, Shaming};

#[rustfmt::skip]
pub(super) const PATTERNS: &[(CopyFault, &[&str])] = &[
    (Scarcity, &["só restam|restam só|restam apenas|apenas restam|só resta|últimas|últimos", "#|poucas|poucos|unidades|peças"]),
    (Scarcity, &["última|últimas|últimos", "oportunidade|chance|unidades|peças|vagas"]),
    (Scarcity, &["quase", "esgotad~|vendid~"]),
    (Scarcity, &["não perca|não percas|não deixe passar|enquanto durarem|até esgotar"]),
    (Crowd, &["#|muitas|várias|outras", "pessoas|clientes|utilizadores|usuários", "ver|vendo|olhando|têm|compraram"]),
    (Countdown, &["oferta|desconto|preço|promoção|código", "termina|acaba|expira", "em|hoje|breve|meia-noite"]),
    (Countdown, &["apresse-se|despache-se|corra|agora ou nunca|só hoje|somente hoje|apenas hoje|tempo limitado|o tempo está a acabar"]),
    (Shaming, &["^não", "prefiro|odeio|não quero|não gosto|gosto", "pagar|poupar|economizar|desconto~"]),
    (Guilt, &["não vá embora|não vás embora|não se vá|fique connosco|já vai embora|vamos sentir a sua falta|vamos sentir saudades"]),
    (AssumedConsent, &["ao", "fechar|continuar|clicar|responder|navegar", "aceita|aceitas|concorda"]),
    (AssumedConsent, &["caixa|opção", "já", "marcada|selecionada"]),
    (Coercion, &["antes de sair|antes de ir|antes que vá|espere", "desconto|cupão|cupom"]),
    (Coercion, &["fique|responda|converse", "receba|ganhe|leve|poupe", "desconto|#"]),
];
