//! What the two create bodies share: their entries in order, each value read once as the type its field takes, and mended only
//! where it is not of that type.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::form::Reading;
use crate::kie::field::{Field, FieldValue, Kind};
use crate::kie::mend::{Alias, mend};

/// Why a create body is refused. Nothing was created and nothing is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not UTF-8, not JSON, or not an object: code 400.
    Malformed,
    /// No `model`.
    MissingModel,
    /// No `input`: code 422, [`INPUT_CANNOT_BE_NULL`](crate::kie::texts::INPUT_CANNOT_BE_NULL).
    MissingInput,
    /// A known field holds another type than the service takes.
    WrongType {
        /// The field as the client spelt it.
        field: &'static str,
        /// Ends the sentence "`field` must be …".
        expected: &'static str,
    },
    /// A field is given twice with different values, under one spelling or two, so nobody knows which one is meant.
    Repeated {
        /// The field as the client spelt it the second time.
        field: &'static str,
    },
}

/// The model that a refused body names, so that an unknown or paused model can be told before a wrong type, which is
/// the service's own order (C). Only for the way of refusals, because it reads the body again.
pub fn named_model(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        model: String,
    }
    serde_json::from_slice(body).ok().map(|Named { model }| model)
}

/// The entries of an object in their order. The values are still text, so that unknown ones cost only their skipping
/// and a wrong type can be told from broken JSON.
pub(crate) struct Entries<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Entries<'a> {
    /// Reads a whole body.
    pub(crate) fn of_body(body: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(body).map_err(|_| DecodeError::Malformed)?;
        serde_json::from_str(text).map_err(|_| DecodeError::Malformed)
    }

    /// Reads the value of `name`, which must be an object; null counts as absent.
    pub(crate) fn of_value(name: &'static str, value: &'a RawValue) -> Result<Option<Self>, DecodeError> {
        serde_json::from_str(value.get()).map_err(|error| refusal(&error, name, "an object"))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Borrows the key unless it holds an escape.
        #[derive(Deserialize)]
        struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::with_capacity(8);
                while let Some((Name(name), value)) = map.next_entry()? {
                    entries.push((name, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// How a create is read: as the service itself does it (`None`: strict about types, `""` is absent, unknown fields and
/// spellings are ignored), or more or less strictly than that.
pub(crate) type Manner = Option<Reading>;

/// A strict reading takes no `""`, which the service takes for absent (D26a).
fn refuse_empty(manner: Manner, field: &'static str, value: &RawValue) -> Result<(), DecodeError> {
    match manner {
        Some(Reading::Strict) if value.get() == r#""""# => {
            Err(DecodeError::WrongType { field, expected: "left out or not empty" })
        }
        _ => Ok(()),
    }
}

/// Puts the string `name` into its slot; null and `""` count as absent.
pub(crate) fn put_text(
    slot: &mut Option<String>,
    name: &'static str,
    value: &RawValue,
    manner: Manner,
) -> Result<(), DecodeError> {
    refuse_empty(manner, name, value)?;
    let read = read(Kind::Text, value).map_err(|error| refusal(&error, name, Kind::Text.expected()))?;
    let Some(FieldValue::Text(text)) = read else { return Ok(()) };
    match slot {
        Some(earlier) if *earlier != text => Err(DecodeError::Repeated { field: name }),
        slot => {
            *slot = Some(text);
            Ok(())
        }
    }
}

/// The fields of a create as they are read.
#[derive(Default)]
pub(crate) struct Put<'a> {
    pub(crate) fields: Vec<(Field, FieldValue)>,
    manner: Manner,
    /// Fields under another spelling, which count only if the right one is not there.
    misspelt: Vec<(Alias, &'a RawValue)>,
}

impl<'a> Put<'a> {
    pub(crate) fn new(manner: Manner) -> Self {
        Self { manner, ..Self::default() }
    }

    /// Adds a field under its right spelling, or keeps it for [`finish`](Self::finish) under another one.
    pub(crate) fn put(
        &mut self,
        known: Option<(Field, &'static str)>,
        alias: impl FnOnce() -> Option<Alias>,
        value: &'a RawValue,
    ) -> Result<(), DecodeError> {
        match known {
            Some(known) => put_field(&mut self.fields, known, value, self.manner),
            None => {
                self.misspelt.extend(self.manner.and_then(|_| alias()).map(|alias| (alias, value)));
                Ok(())
            }
        }
    }

    /// The fields, after what was spelt otherwise was taken for what it means, or refused.
    pub(crate) fn finish(mut self) -> Result<Vec<(Field, FieldValue)>, DecodeError> {
        for (alias, value) in self.misspelt {
            if self.manner == Some(Reading::Strict) {
                return Err(DecodeError::WrongType { field: alias.spelt, expected: alias.expected });
            }
            if self.fields.iter().all(|(given, _)| *given != alias.field) {
                put_field(&mut self.fields, (alias.field, alias.spelt), value, self.manner)?;
            }
        }
        Ok(self.fields)
    }
}

/// Adds a field that the client spelt `spelt`; null counts as absent, and so does `""` where text is taken.
fn put_field(
    fields: &mut Vec<(Field, FieldValue)>,
    (field, spelt): (Field, &'static str),
    value: &RawValue,
    manner: Manner,
) -> Result<(), DecodeError> {
    refuse_empty(manner, spelt, value)?;
    let kind = field.kind();
    let read = match read(kind, value) {
        // Only what is no value of its field's type is looked at again, so that a right create costs nothing more.
        Err(error) if manner == Some(Reading::Lenient) && error.is_data() => mend(kind, value.get())
            .ok_or_else(|| DecodeError::WrongType { field: spelt, expected: kind.expected() })?,
        read => read.map_err(|error| refusal(&error, spelt, kind.expected()))?,
    };
    let Some(read) = read else { return Ok(()) };
    match fields.iter().find(|(earlier, _)| *earlier == field) {
        None => fields.push((field, read)),
        Some((_, earlier)) if *earlier == read => {}
        Some(_) => return Err(DecodeError::Repeated { field: spelt }),
    }
    Ok(())
}

fn read(kind: Kind, value: &RawValue) -> Result<Option<FieldValue>, serde_json::Error> {
    let json = value.get();
    Ok(match kind {
        Kind::Text | Kind::SecondsText => {
            let text: Option<String> = serde_json::from_str(json)?;
            text.filter(|text| !text.is_empty()).map(FieldValue::Text)
        }
        Kind::Integer => serde_json::from_str::<Option<i64>>(json)?.map(FieldValue::Integer),
        Kind::Flag => serde_json::from_str::<Option<bool>>(json)?.map(FieldValue::Flag),
        Kind::Texts => {
            let texts: Option<Vec<String>> = serde_json::from_str(json)?;
            // To drop an empty link would make the last frame the first one.
            if texts.iter().flatten().any(String::is_empty) {
                return Err(Error::custom("an empty string in a list"));
            }
            texts.map(FieldValue::Texts)
        }
        Kind::Shots => serde_json::from_str::<Option<Vec<_>>>(json)?.map(FieldValue::Shots),
    })
}

/// A broken escape or a number out of range is found only when the value is read, and is still broken JSON.
fn refusal(error: &serde_json::Error, field: &'static str, expected: &'static str) -> DecodeError {
    if error.is_data() { DecodeError::WrongType { field, expected } } else { DecodeError::Malformed }
}
