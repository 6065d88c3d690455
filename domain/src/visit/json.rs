//! JSON as the widget reads and writes it.
//!
//! Derived decoders of the same frames weigh 39 KB (brotli) in the panel's WASM, more than the rest of it beside
//! Yew; these weigh 3. The tests hold both to the same meaning.

/// No frame of ours is nested deeper.
const MAX_DEPTH: u32 = 32;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Flag(bool),
    /// `None`: not a whole number from 0 to 2^64 - 1, which no field of ours is.
    Number(Option<u64>),
    Text(String),
    List(Vec<Json>),
    Object(Fields),
}

/// The fields of an object; the last of two with one name counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fields(Vec<(String, Json)>);

/// A whole number as it is written: without signs, widths and bases, which the standard library's way brings along.
pub fn decimal(number: impl TryInto<u64>) -> String {
    let mut rest = number.try_into().unwrap_or(u64::MAX);
    let mut digits = Vec::new();
    loop {
        // Below ten.
        #[allow(clippy::cast_possible_truncation)]
        digits.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    digits.into_iter().rev().map(char::from).collect()
}

/// Reads one JSON text: total on arbitrary input.
pub(super) fn read(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text.as_bytes() };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.rest.is_empty() { Some(value) } else { None }
}

/// Reads one JSON object.
pub(super) fn read_object(text: &str) -> Option<Fields> {
    read(text)?.object()
}

impl Json {
    pub(super) fn object(self) -> Option<Fields> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    pub(super) fn list(self) -> Option<Vec<Self>> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    pub(super) fn text(self) -> Option<String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn number(&self) -> Option<u64> {
        if let Self::Number(number) = self { *number } else { None }
    }

    pub(super) fn flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }

    /// A variant: its name, and what it carries (`Null` when nothing).
    pub(super) fn variant(self) -> Option<(String, Self)> {
        match self {
            Self::Text(name) => Some((name, Self::Null)),
            Self::Object(Fields(mut fields)) if fields.len() == 1 => fields.pop(),
            _ => None,
        }
    }
}

impl Fields {
    /// Takes a field out; `null` counts as absent.
    pub(super) fn take(&mut self, name: &str) -> Option<Json> {
        let index = self.0.iter().rposition(|(other, _)| other == name)?;
        let (_, value) = self.0.swap_remove(index);
        if value == Json::Null { None } else { Some(value) }
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name)?.text()
    }

    pub(super) fn number(&mut self, name: &str) -> Option<u64> {
        self.take(name)?.number()
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.take(name)?.flag()
    }

    /// The items of a list that can be read, the absent list being empty.
    pub(super) fn items<T>(&mut self, name: &str, read: fn(Json) -> Option<T>) -> Vec<T> {
        self.take(name).and_then(Json::list).unwrap_or_default().into_iter().filter_map(read).collect()
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn word(&mut self, word: &[u8], value: Json) -> Option<Json> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.skip_space();
        match self.rest.first()? {
            b'n' => self.word(b"null", Json::Null),
            b't' => self.word(b"true", Json::Flag(true)),
            b'f' => self.word(b"false", Json::Flag(false)),
            b'"' => self.text().map(Json::Text),
            b'[' => self
                .items(b']', |reader, list: &mut Vec<Json>| {
                    list.push(reader.value(depth + 1)?);
                    Some(())
                })
                .map(Json::List),
            b'{' => self
                .items(b'}', |reader, fields: &mut Vec<(String, Json)>| {
                    let name = reader.text()?;
                    reader.skip_space();
                    if reader.next()? != b':' {
                        return None;
                    }
                    fields.push((name, reader.value(depth + 1)?));
                    Some(())
                })
                .map(|fields| Json::Object(Fields(fields))),
            b'-' | b'0'..=b'9' => Some(self.number()),
            _ => None,
        }
    }

    /// What stands between the bracket we are at and `close`.
    fn items<T: Default>(&mut self, close: u8, item: impl Fn(&mut Self, &mut T) -> Option<()>) -> Option<T> {
        self.next()?;
        let mut items = T::default();
        self.skip_space();
        if self.rest.first() == Some(&close) {
            self.next()?;
            return Some(items);
        }
        loop {
            self.skip_space();
            item(self, &mut items)?;
            self.skip_space();
            match self.next()? {
                b',' => {}
                other if other == close => return Some(items),
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Json {
        let mut whole = Some(0_u64);
        while let Some(byte) = self.rest.first() {
            whole = match byte {
                b'0'..=b'9' => {
                    whole.and_then(|n| n.checked_mul(10)).and_then(|n| n.checked_add(u64::from(byte - b'0')))
                }
                b'-' | b'+' | b'.' | b'e' | b'E' => None,
                _ => break,
            };
            self.next();
        }
        Json::Number(whole)
    }

    fn text(&mut self) -> Option<String> {
        if self.next()? != b'"' {
            return None;
        }
        let mut bytes = Vec::new();
        loop {
            match self.next()? {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let c = self.escaped()?;
                    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1f => return None,
                byte => bytes.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'u' => {
                let high = self.unit()?;
                let code = if (0xd800..0xdc00).contains(&high) {
                    self.rest = self.rest.strip_prefix(b"\\u")?;
                    let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    0x1_0000 + ((high - 0xd800) << 10) + low
                } else {
                    high
                };
                char::from_u32(code)?
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.next()?).to_digit(16)?;
        }
        Some(unit)
    }
}

/// Writes JSON, field by field.
#[derive(Debug, Default)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn object(fill: impl FnOnce(&mut Self)) -> String {
        let mut writer = Self::default();
        writer.nest('{', '}', fill);
        writer.0
    }

    pub(super) fn list<T>(items: &[T], write: impl Fn(&mut Self, &T)) -> String {
        let mut writer = Self::default();
        writer.nest('[', ']', |writer| {
            for item in items {
                writer.separate();
                write(writer, item);
            }
        });
        writer.0
    }

    pub(super) fn nest(&mut self, open: char, close: char, fill: impl FnOnce(&mut Self)) {
        self.0.push(open);
        fill(self);
        self.0.push(close);
    }

    pub(super) fn name(&mut self, name: &str) {
        self.separate();
        self.text(name);
        self.0.push(':');
    }

    pub(super) fn text_field(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text(value);
    }

    pub(super) fn number_field(&mut self, name: &str, value: u64) {
        self.name(name);
        self.number(value);
    }

    pub(super) fn flag_field(&mut self, name: &str, value: bool) {
        self.name(name);
        self.flag(value);
    }

    pub(super) fn object_field(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.name(name);
        self.nest('{', '}', fill);
    }

    pub(super) fn flag(&mut self, value: bool) {
        self.0.push_str(if value { "true" } else { "false" });
    }

    pub(super) fn number(&mut self, value: u64) {
        self.0.push_str(&decimal(value));
    }

    pub(super) fn text(&mut self, value: &str) {
        self.0.push('"');
        for c in value.chars() {
            match c {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\t' => self.0.push_str("\\t"),
                '\0'..='\u{1f}' => {
                    self.0.push_str("\\u00");
                    let code = u32::from(c);
                    self.0.extend(
                        [code / 16, code % 16].iter().filter_map(|digit| char::from_digit(*digit, 16)),
                    );
                }
                _ => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    pub(super) fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }
}

#[cfg(test)]
mod tests;
