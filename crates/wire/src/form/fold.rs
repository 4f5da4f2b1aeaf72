//! Bracketed names of a form folded back into the tree that their sender wrote down.

use std::borrow::Cow;

use super::{Fields, Malformed, Node, Upload};
use crate::multipart::Received;

/// How deep brackets may nest; more is taken for a name of its own (ours; the deepest that is known is two).
const DEPTH_MAX: usize = 8;

/// Folds the parts in their order: `outer[inner]` into an object, `name[]`, `name[0]` and a repeated `name` into a list.
pub(super) fn fold(parts: Vec<Received<'_>>) -> Result<Fields<'_>, Malformed> {
    let mut root = Fields::default();
    for part in parts {
        let node = match part.file_name {
            Some(file_name) => Node::File(Upload {
                file_name: Some(file_name),
                content_type: part.content_type,
                bytes: Cow::Borrowed(part.bytes),
            }),
            None => match std::str::from_utf8(part.bytes) {
                Ok(text) => Node::Text(text.to_owned()),
                Err(_) => return Err(Malformed::Text(part.name)),
            },
        };
        let (name, inner) = segments(&part.name);
        put(entry(&mut root, name), &inner, node)
            .map_err(|Clash| Malformed::Contradiction(part.name.clone()))?;
    }
    Ok(root)
}

/// A field that is a text in one place and an object in another.
struct Clash;

/// `a[b][]` as `a` and `["b", ""]`; a name whose brackets do not match is a plain name.
fn segments(name: &str) -> (&str, Vec<&str>) {
    let Some((outer, brackets)) = name.split_once('[').filter(|(outer, _)| !outer.is_empty()) else {
        return (name, Vec::new());
    };
    match brackets.strip_suffix(']').map(|inner| inner.split("][").collect::<Vec<_>>()) {
        Some(inner) if inner.len() <= DEPTH_MAX && inner.iter().all(|word| !word.contains(['[', ']'])) => {
            (outer, inner)
        }
        _ => (name, Vec::new()),
    }
}

/// The entry of that name, made where there is none; null stands for a place that is still free.
fn entry<'f, 'a>(fields: &'f mut Fields<'a>, name: &str) -> &'f mut Node<'a> {
    let at = fields.0.iter().position(|(given, _)| given == name).unwrap_or_else(|| {
        fields.0.push((name.to_owned(), Node::Null));
        fields.0.len() - 1
    });
    &mut fields.0[at].1
}

fn put<'a>(slot: &mut Node<'a>, path: &[&str], node: Node<'a>) -> Result<(), Clash> {
    let Some((step, rest)) = path.split_first() else { return put_here(slot, node) };
    let is_index = step.bytes().all(|byte| byte.is_ascii_digit());
    if matches!(slot, Node::Null) {
        *slot = if is_index { Node::List(Vec::new()) } else { Node::Map(Fields::default()) };
    }
    match slot {
        Node::Map(fields) if !step.is_empty() => put(entry(fields, step), rest, node),
        Node::List(items) if is_index => {
            // `[]` and an index that is not there yet begin a new entry; indices are in order wherever they were seen.
            let at = step.parse().ok().filter(|at| *at < items.len()).unwrap_or(items.len());
            if at == items.len() {
                items.push(Node::Null);
            }
            put(&mut items[at], rest, node)
        }
        _ => Err(Clash),
    }
}

/// A name that is repeated without brackets makes a list, as new-api's clients write `images`.
fn put_here<'a>(slot: &mut Node<'a>, node: Node<'a>) -> Result<(), Clash> {
    match slot {
        Node::Null => *slot = node,
        Node::Map(_) => return Err(Clash),
        Node::List(items) => items.push(node),
        single => {
            let earlier = std::mem::replace(single, Node::Null);
            *single = Node::List(vec![earlier, node]);
        }
    }
    Ok(())
}
