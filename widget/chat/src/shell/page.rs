//! The page and the device the chat runs on.

use domain::ids::MessageId;
use domain::message::Page;
use domain::time::UnixMillis;
use domain::visit::Surroundings;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, HtmlAnchorElement, Window};

const ID_ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

pub(crate) fn now() -> UnixMillis {
    // Milliseconds since 1970 are far below 2^53 and never negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    UnixMillis(js_sys::Date::now() as u64)
}

pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

pub(crate) fn is_visible() -> bool {
    document().is_none_or(|document| !document.hidden())
}

pub(crate) fn surroundings() -> Surroundings {
    // Offsets are below a thousand minutes.
    #[allow(clippy::cast_possible_truncation)]
    let utc_offset_min = -(js_sys::Date::new_0().get_timezone_offset() as i32);
    let online = web_sys::window().is_none_or(|window| window.navigator().on_line());
    let seed = random::<8>().iter().fold(0, |seed, byte| (seed << 8) | u64::from(*byte));
    Surroundings { visible: is_visible(), online, utc_offset_min, seed }
}

/// 26 random characters.
pub(crate) fn fresh_id() -> Option<MessageId> {
    let letters = random::<26>().map(|byte| char::from(ID_ALPHABET[usize::from(byte % 32)]));
    MessageId::parse(letters.iter().collect::<String>()).ok()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let random = (js_sys::Math::random() * 256.0) as u8;
            *byte = random;
        }
    }
    bytes
}

/// Where the shopper is; sent along with what they say.
pub(crate) fn here() -> Option<Page> {
    let window = web_sys::window()?;
    let location = window.location();
    // Query and fragment may carry secrets of the shop.
    let url = [location.origin().ok()?, location.pathname().ok()?].concat();
    let document = window.document()?;
    Some(Page { url, title: document.title(), product: product(&document) })
}

/// The product the page is about, as its JSON-LD names it.
fn product(document: &Document) -> Option<String> {
    let scripts = document.query_selector_all("script[type='application/ld+json']").ok()?;
    (0..scripts.length()).find_map(|index| {
        let data = js_sys::JSON::parse(&scripts.get(index)?.text_content()?).ok()?;
        let listed = field(&data, "@graph").filter(JsValue::is_array).unwrap_or(data);
        let things = if listed.is_array() { listed.unchecked_into::<Array>() } else { Array::of1(&listed) };
        things.iter().find_map(|thing| {
            let is_product = field(&thing, "@type")?.as_string()? == "Product";
            let id = field(&thing, "sku").or_else(|| field(&thing, "productID"));
            if is_product { id?.as_string() } else { None }
        })
    })
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &JsValue::from_str(name))
        .ok()
        .filter(|field| !field.is_undefined() && !field.is_null())
}

/// A link into the same shop opens in its place: the chat is there again on the next page.
pub(crate) fn is_same_origin(url: &str) -> bool {
    let origin =
        web_sys::window().and_then(|window: Window| window.location().origin().ok()).unwrap_or_default();
    url.strip_prefix(&origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

pub(crate) fn matches_media(query: &str) -> bool {
    let list = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// The panel covers the screen there, and a finger cannot scan a code shown by the phone that holds it.
pub(crate) fn is_phone() -> bool {
    matches_media("(max-width: 480px), (pointer: coarse) and (max-width: 700px)")
}

/// Hands the shopper a file.
pub(crate) fn download(name: &str, text: &str) -> Option<()> {
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence(&parts).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link = document()?.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}

pub(crate) fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        // Refused without a secure page: the text can be selected by hand.
        let _ = window.navigator().clipboard().write_text(text);
    }
}
