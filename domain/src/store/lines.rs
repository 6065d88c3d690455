//! On which line of a JSON text each place is: needed only once something is wrong there.

use std::collections::BTreeMap;

/// The lines (from 1) of the `wanted` paths, as far as `json` has them. `json` must have been read as JSON before:
/// what is no JSON yields lines of no meaning, and no more.
pub(super) fn lines_of<'a>(json: &str, wanted: impl Iterator<Item = &'a str>) -> BTreeMap<String, u32> {
    let mut scan = Scan {
        bytes: json.as_bytes(),
        at: 0,
        line: 1,
        path: String::new(),
        lines: wanted.map(|path| (path.to_owned(), 0)).collect(),
    };
    scan.skip_space();
    scan.note(scan.line);
    scan.value(0);
    scan.lines.retain(|_, line| *line > 0);
    scan.lines
}

/// Adds a field to a path.
pub(super) fn push_field(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// Adds a place in a list to a path.
pub(super) fn push_item(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    path: String,
    lines: BTreeMap<String, u32>,
}

/// Deeper than `serde_json` reads.
const MAX_DEPTH: usize = 200;

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == b'\n' {
            self.line = self.line.saturating_add(1);
        }
        Some(byte)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.next();
        }
    }

    fn note(&mut self, line: u32) {
        if let Some(found) = self.lines.get_mut(&self.path)
            && *found == 0
        {
            *found = line;
        }
    }

    fn value(&mut self, depth: usize) {
        match self.peek() {
            _ if depth > MAX_DEPTH => self.at = self.bytes.len(),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => {
                self.string();
            }
            _ => {
                while !matches!(self.peek(), None | Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')) {
                    self.next();
                }
            }
        }
    }

    fn object(&mut self, depth: usize) {
        self.next();
        let length = self.path.len();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'"') => {
                    let line = self.line;
                    let name = self.string();
                    push_field(&mut self.path, &name);
                    self.note(line);
                    self.skip_space();
                    self.next();
                    self.skip_space();
                    self.value(depth + 1);
                    self.path.truncate(length);
                }
                Some(b',') => {
                    self.next();
                }
                _ => break,
            }
        }
        self.next();
    }

    fn list(&mut self, depth: usize) {
        self.next();
        let length = self.path.len();
        for index in 0.. {
            self.skip_space();
            if matches!(self.peek(), None | Some(b']' | b'}')) {
                break;
            }
            push_item(&mut self.path, index);
            self.note(self.line);
            self.value(depth + 1);
            self.path.truncate(length);
            self.skip_space();
            if self.peek() == Some(b',') {
                self.next();
            }
        }
        self.next();
    }

    /// Reads past a string and returns what it says.
    fn string(&mut self) -> String {
        let start = self.at;
        self.next();
        while let Some(byte) = self.next() {
            match byte {
                b'"' => break,
                b'\\' => {
                    self.next();
                }
                _ => {}
            }
        }
        self.bytes.get(start..self.at).and_then(|text| serde_json::from_slice(text).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_place_has_the_line_it_begins_on() {
        let json = "\n{\n \"a\": 1,\n \"b\\u0063\": [\n  {\"d\": \"}\\\"\"}, 2,\n  [\n 3]],\n \"e\"\n:\n{}}";
        let wanted = ["", "a", "bc", "bc[0]", "bc[0].d", "bc[1]", "bc[2][0]", "e", "missing", "bc[3]"];
        let lines = lines_of(json, wanted.into_iter());
        let found = |path: &str| lines.get(path).copied();
        assert_eq!(
            wanted.map(found),
            [Some(2), Some(3), Some(4), Some(5), Some(5), Some(5), Some(7), Some(8), None, None]
        );
    }

    proptest! {
        #[test]
        fn it_ends_on_anything(text in ".{0,200}", json in "[\\[\\]{}\",:1\\\\ \n]{0,200}") {
            lines_of(&text, ["", "a"].into_iter());
            lines_of(&json, ["", "a"].into_iter());
        }

        #[test]
        fn it_ends_on_deep_nesting(depth in 0_usize..5_000) {
            lines_of(&"[".repeat(depth), ["[0]"].into_iter());
            lines_of(&"{\"a\":".repeat(depth), ["a"].into_iter());
        }
    }
}
