//! The merchant's colour, made readable.

/// Colours as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Behind words: the merchant's colour.
    pub accent: String,
    /// Words on it: white or near black, whichever reads better (at least 4.5 to 1).
    pub on_accent: &'static str,
    /// The colour as words on a light panel (at least 4.5 to 1 on white).
    pub accent_on_light: String,
    /// The colour as words on a dark panel (at least 4.5 to 1 on `#16181d`).
    pub accent_on_dark: String,
}

type Rgb = [u8; 3];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [17, 19, 24];
const DARK_PANEL: Rgb = [30, 33, 40];
const DEFAULT: Rgb = [31, 41, 55];
/// WCAG 2.2, success criterion 1.4.3.
const AA: f32 = 4.5;

impl Look {
    /// What can be read in this colour; another one when it is none.
    pub fn of(color: &str) -> Self {
        let accent = parse(color).unwrap_or(DEFAULT);
        let on_white = contrast(accent, WHITE) >= contrast(accent, INK);
        Self {
            accent: write(accent),
            on_accent: if on_white { "#ffffff" } else { "#111318" },
            accent_on_light: write(readable(accent, WHITE, INK)),
            accent_on_dark: write(readable(accent, DARK_PANEL, WHITE)),
        }
    }
}

/// The nearest mixture of `color` with `towards` that can be read on `ground`.
fn readable(color: Rgb, ground: Rgb, towards: Rgb) -> Rgb {
    let mix = |part: u16| -> Rgb {
        let mut mixed = color;
        for (channel, target) in mixed.iter_mut().zip(towards) {
            let sum = u16::from(*channel) * (16 - part) + u16::from(target) * part;
            *channel = u8::try_from(sum / 16).unwrap_or(u8::MAX);
        }
        mixed
    };
    (0..=16).map(mix).find(|mixed| contrast(*mixed, ground) >= AA).unwrap_or(towards)
}

fn contrast(one: Rgb, other: Rgb) -> f32 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

fn luminance([r, g, b]: Rgb) -> f32 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The sRGB curve without `powf`, within 0.4 %.
fn linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    c * (c * (c * 0.305_306 + 0.682_171) + 0.012_523)
}

fn parse(color: &str) -> Option<Rgb> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6 && !digits.starts_with('+'))?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    Some([r, g, b])
}

fn write(color: Rgb) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    core::iter::once('#').chain(color.into_iter().flat_map(|c| [digit(c >> 4), digit(c & 15)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_colours_stay_and_strange_ones_are_replaced() {
        for (color, accent, on_accent) in [
            ("#0f766e", "#0f766e", "#ffffff"),
            ("#FFE600", "#ffe600", "#111318"),
            ("#000000", "#000000", "#ffffff"),
            ("red", "#1f2937", "#ffffff"),
            ("#12345", "#1f2937", "#ffffff"),
            ("#+12345", "#1f2937", "#ffffff"),
            ("", "#1f2937", "#ffffff"),
        ] {
            let look = Look::of(color);
            assert_eq!((look.accent.as_str(), look.on_accent), (accent, on_accent), "{color}");
        }
    }

    proptest! {
        #[test]
        fn every_colour_can_be_read(r: u8, g: u8, b: u8) {
            let look = Look::of(&write([r, g, b]));
            let ratio = |one: &str, other: &str| contrast(parse(one).unwrap(), parse(other).unwrap());
            // Between the two inks no colour is worse than the middle one: 4.5 to each of them, nearly.
            prop_assert!(ratio(&look.accent, look.on_accent) >= 4.3);
            prop_assert!(ratio(&look.accent_on_light, "#ffffff") >= AA);
            prop_assert!(ratio(&look.accent_on_dark, "#1e2128") >= AA);
        }
    }
}
