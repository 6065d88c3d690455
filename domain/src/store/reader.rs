//! Reading a JSON document by hand, so that all of its faults are told at once, each with its place and reason.

use super::lines::{lines_of, push_field, push_item};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;

/// The most faults told at once: who has more will read again anyway.
const MAX_ERRORS: usize = 100;

/// One fault of a settings document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct SettingsError {
    /// Where, as in `answers[2].text`; `$` is the whole document.
    pub path: String,
    /// On which line, from 1.
    pub line: u32,
    /// What is wrong, in a sentence.
    pub reason: String,
}

/// A JSON value that keeps the order of its fields, and their repetitions.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// The way from the document's root to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Field(&'a Self, &'a str),
    Item(&'a Self, usize),
}

/// A value and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) node: &'a Node,
    pub(super) path: &'a Path<'a>,
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    faults: Vec<(String, String)>,
}

/// An object being read: which of its fields were asked for is what is known of it.
pub(super) struct Fields<'a> {
    all: &'a [(String, Node)],
    path: &'a Path<'a>,
    asked: Vec<&'static str>,
}

impl Report {
    /// Notes a fault.
    pub(super) fn fault(&mut self, path: &Path<'_>, reason: impl Into<String>) {
        if self.faults.len() < MAX_ERRORS {
            self.faults.push((path.to_text(), reason.into()));
        }
    }

    /// The faults with their lines in `json`, in the document's order.
    pub(super) fn into_errors(self, json: &str) -> Vec<SettingsError> {
        let wanted: BTreeSet<&str> = self
            .faults
            .iter()
            .flat_map(|(path, _)| core::iter::successors(Some(&**path), |path| parent(path)))
            .collect();
        let lines = lines_of(json, wanted.into_iter());
        let line_of = |path: &str| {
            core::iter::successors(Some(path), |path| parent(path)).find_map(|path| lines.get(path).copied())
        };
        let mut errors: Vec<SettingsError> = self
            .faults
            .iter()
            .map(|(path, reason)| SettingsError {
                path: if path.is_empty() { "$".into() } else { path.clone() },
                line: line_of(path).unwrap_or(1),
                reason: reason.clone(),
            })
            .collect();
        errors.sort_by_key(|error| error.line);
        errors
    }
}

/// The path one step up; `None` above the root.
fn parent(path: &str) -> Option<&str> {
    if path.is_empty() {
        return None;
    }
    path.get(..path.rfind(['.', '[']).unwrap_or(0))
}

impl Path<'_> {
    fn to_text(self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Field(above, name) => {
                let mut text = above.to_text();
                push_field(&mut text, &excerpt(name));
                text
            }
            Self::Item(above, index) => {
                let mut text = above.to_text();
                push_item(&mut text, index);
                text
            }
        }
    }
}

impl<'a> Place<'a> {
    /// Notes a fault of this value.
    pub(super) fn fault<T>(self, report: &mut Report, reason: impl Into<String>) -> Option<T> {
        report.fault(self.path, reason);
        None
    }

    /// The value as an object.
    pub(super) fn fields(self, report: &mut Report) -> Option<Fields<'a>> {
        let Node::Object(fields) = self.node else { return self.wrong_type(report, "an object") };
        let mut names = BTreeSet::new();
        for (name, _) in fields {
            if !names.insert(name) {
                report.fault(&Path::Field(self.path, name), "this field appears twice");
            }
        }
        Some(Fields { all: fields, path: self.path, asked: Vec::new() })
    }

    /// The value as a list of at most `max`, each read by `read`.
    pub(super) fn list<T>(
        self,
        report: &mut Report,
        max: usize,
        mut read: impl FnMut(Place<'_>, &mut Report) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::List(items) = self.node else { return self.wrong_type(report, "a list") };
        if items.len() > max {
            return self.fault(report, format!("has {} entries, at most {max} are allowed", items.len()));
        }
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, node)| read(Place { node, path: &Path::Item(self.path, index) }, report))
            .collect();
        read.into_iter().collect()
    }

    /// The value as text of 1 to `max` characters.
    pub(super) fn text(self, report: &mut Report, max: usize) -> Option<String> {
        let text = self.optional_text(report, max)?;
        if text.trim().is_empty() {
            return self.fault(report, "must not be empty");
        }
        Some(text)
    }

    /// The value as text of up to `max` characters.
    pub(super) fn optional_text(self, report: &mut Report, max: usize) -> Option<String> {
        let Node::Text(text) = self.node else { return self.wrong_type(report, "text") };
        let length = text.chars().count();
        if length > max {
            return self.fault(report, format!("has {length} characters, at most {max} are allowed"));
        }
        if let Some(control) = text.chars().find(|c| c.is_control() && *c != '\n') {
            let code = u32::from(control);
            return self.fault(
                report,
                format!("contains the control character U+{code:04X}; only line breaks are allowed"),
            );
        }
        Some(text.clone())
    }

    /// The value as a whole number within bounds.
    pub(super) fn whole(self, report: &mut Report, min: u64, max: u64) -> Option<u64> {
        let Node::Number(number) = self.node else { return self.wrong_type(report, "a whole number") };
        match number.as_u64() {
            Some(value) if (min..=max).contains(&value) => Some(value),
            _ if number.is_f64() => self.fault(report, format!("must be a whole number, not {number}")),
            _ => self.fault(report, format!("must be from {min} to {max}, not {number}")),
        }
    }

    /// The value as one of a few words.
    pub(super) fn choice<T: Copy>(self, report: &mut Report, choices: &[(&str, T)]) -> Option<T> {
        let Node::Text(text) = self.node else { return self.wrong_type(report, "text") };
        if let Some((_, value)) = choices.iter().find(|(word, _)| word == text) {
            return Some(*value);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let hint =
            nearest(text, &words).map_or_else(String::new, |word| format!("; did you mean \"{word}\"?"));
        let words = words.join("\", \"");
        self.fault(report, format!("must be one of \"{words}\", not \"{}\"{hint}", excerpt(text)))
    }

    /// Notes that the value is not `expected`.
    pub(super) fn wrong_type<T>(self, report: &mut Report, expected: &str) -> Option<T> {
        let found = match self.node {
            Node::Null => "null",
            Node::Bool(_) => "true or false",
            Node::Number(_) => "a number",
            Node::Text(_) => "text",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        };
        self.fault(report, format!("must be {expected}, not {found}"))
    }
}

/// The value as `true` or `false`.
pub(super) fn flag(place: Place<'_>, report: &mut Report) -> Option<bool> {
    let Node::Bool(value) = place.node else { return place.wrong_type(report, "true or false") };
    Some(*value)
}

impl<'a> Fields<'a> {
    /// A field that must be there.
    pub(super) fn required<T>(
        &mut self,
        report: &mut Report,
        name: &'static str,
        read: impl FnOnce(Place<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        let path = Path::Field(self.path, name);
        if let Some(node) = self.find(name) {
            return read(Place { node, path: &path }, report);
        }
        report.fault(&path, "is missing");
        None
    }

    /// A field that may be absent (or `null`), with what then holds.
    pub(super) fn optional<T>(
        &mut self,
        report: &mut Report,
        name: &'static str,
        absent: T,
        read: impl FnOnce(Place<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        match self.find(name) {
            None | Some(Node::Null) => Some(absent),
            Some(node) => read(Place { node, path: &Path::Field(self.path, name) }, report),
        }
    }

    /// Ends the reading: whatever was not asked for is unknown.
    pub(super) fn finish(self, report: &mut Report) {
        for (name, _) in self.all {
            if !self.asked.contains(&name.as_str()) {
                let hint = nearest(name, &self.asked)
                    .map_or_else(String::new, |known| format!("; did you mean \"{known}\"?"));
                report.fault(&Path::Field(self.path, name), format!("is not a known field{hint}"));
            }
        }
    }

    fn find(&mut self, name: &'static str) -> Option<&'a Node> {
        self.asked.push(name);
        self.all.iter().find(|(field, _)| field == name).map(|(_, node)| node)
    }
}

/// At most 60 characters of `text`, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

/// The word that differs from `text` by the fewest edits, if those are few.
fn nearest<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    let text = text.to_lowercase();
    if text.len() > 60 {
        return None;
    }
    let near = |word: &&str| edits(&text, word) <= 1 + word.len() / 4;
    words.iter().copied().filter(near).min_by_key(|word| edits(&text, word))
}

/// How many characters must be inserted, removed or replaced to get from `a` to `b`.
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, right) in row.iter_mut().skip(1).zip(b.chars()) {
            let here = (diagonal + usize::from(left != right)).min(*cell + 1).min(before + 1);
            diagonal = core::mem::replace(cell, here);
            before = here;
        }
    }
    row.last().copied().unwrap_or_default()
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Node::Null, Node::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_if_it_is_near() {
        let words = ["label", "keywords", "text", "quick_replies"];
        for (text, nearest_word) in [
            ("keyword", Some("keywords")),
            ("quickReplies", Some("quick_replies")),
            ("Text", Some("text")),
            ("lable", Some("label")),
            ("nothing", None),
        ] {
            assert_eq!(nearest(text, &words), nearest_word, "{text}");
        }
    }

    #[test]
    fn edits_are_counted() {
        for (a, b, count) in [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("flaw", "lawn", 2)] {
            assert_eq!(edits(a, b), count, "{a} {b}");
        }
    }
}
