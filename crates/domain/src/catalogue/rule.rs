//! The rules of one parameter: its type, its values, its limits.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::request::{Parameter, Value};

/// What a card allows for one parameter. A card's TOML names the type in `type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// Text of at most `length_max` characters.
    Text {
        /// Whether it must be given.
        #[serde(default)]
        required: bool,
        /// In Unicode characters.
        length_max: usize,
    },
    /// One of several texts.
    Choice {
        /// The spellings that are allowed, exactly.
        values: Vec<String>,
        /// What holds when none is given.
        default: String,
    },
    /// One of several whole numbers.
    Integer {
        /// The numbers that are allowed.
        values: Vec<i64>,
        /// What holds when none is given.
        default: i64,
    },
    /// A whole number in a range.
    Range {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// Yes or no.
    Flag {
        /// What holds when none is given.
        #[serde(default)]
        default: bool,
    },
    /// A list of links or ids.
    List {
        /// How many must be given.
        #[serde(default)]
        items_min: usize,
        /// How many may be given.
        items_max: usize,
    },
    /// A storyboard.
    Shots {
        /// How many shots may be given; at least one must.
        items_max: usize,
        /// The shortest shot, in tenths of a second.
        tenths_min: u32,
        /// The longest shot, in tenths of a second.
        tenths_max: u32,
    },
}

impl Rule {
    /// Whether a request without this parameter is refused.
    pub fn required(&self) -> bool {
        match self {
            Self::Text { required, .. } => *required,
            Self::List { items_min, .. } => *items_min > 0,
            Self::Shots { .. } => true,
            Self::Choice { .. } | Self::Integer { .. } | Self::Range { .. } | Self::Flag { .. } => false,
        }
    }

    /// What holds when none is given, where that is said.
    pub fn default_value(&self) -> Option<Value> {
        match self {
            Self::Choice { default, .. } => Some(Value::Text(default.clone())),
            Self::Integer { default, .. } => Some(Value::Integer(*default)),
            Self::Flag { default } => Some(Value::Flag(*default)),
            Self::Text { .. } | Self::Range { .. } | Self::List { .. } | Self::Shots { .. } => None,
        }
    }

    /// Whether an answer of this parameter counts as none at all: blank text, an empty list.
    pub fn is_blank(value: &Value) -> bool {
        match value {
            Value::Text(text) => text.trim().is_empty(),
            Value::Texts(texts) => texts.iter().all(|text| text.trim().is_empty()),
            Value::Shots(shots) => shots.is_empty(),
            Value::Integer(_) | Value::Flag(_) => false,
        }
    }

    /// Checks one value against this rule.
    pub fn check(&self, parameter: Parameter, value: &Value) -> Result<(), Refusal> {
        let not_allowed = || Err(Refusal::NotAllowed { parameter });
        match (self, value) {
            (Self::Text { length_max, .. }, Value::Text(text)) => {
                // Bytes first: counting the characters of every prompt is only needed when it could be too long.
                if text.len() > *length_max && text.chars().count() > *length_max {
                    return Err(Refusal::TooLong { parameter, length_max: *length_max });
                }
                Ok(())
            }
            (Self::Choice { values, .. }, Value::Text(text)) if values.contains(text) => Ok(()),
            (Self::Integer { values, .. }, Value::Integer(number)) if values.contains(number) => Ok(()),
            (Self::Range { min, max }, Value::Integer(number)) if (min..=max).contains(&number) => Ok(()),
            (Self::Flag { .. }, Value::Flag(_)) => Ok(()),
            (Self::List { items_min, items_max }, Value::Texts(items)) => {
                if items.len() > *items_max {
                    return Err(Refusal::TooMany { parameter, items_max: *items_max });
                }
                if items.len() < *items_min || items.iter().any(|item| item.trim().is_empty()) {
                    return Err(Refusal::Missing { parameter });
                }
                Ok(())
            }
            (Self::Shots { items_max, tenths_min, tenths_max }, Value::Shots(shots)) => {
                if shots.len() > *items_max {
                    return Err(Refusal::TooMany { parameter, items_max: *items_max });
                }
                if shots.iter().any(|shot| shot.scene.trim().is_empty()) {
                    return Err(Refusal::Missing { parameter });
                }
                let (min, max) = (f64::from(*tenths_min) / 10.0, f64::from(*tenths_max) / 10.0);
                if shots.iter().all(|shot| (min..=max).contains(&shot.seconds)) {
                    Ok(())
                } else {
                    not_allowed()
                }
            }
            _ => not_allowed(),
        }
    }

    /// One line for people: the values, the default, the limit.
    pub fn describe(&self) -> String {
        let list = |items: Vec<String>| items.join(" | ");
        match self {
            Self::Text { required, length_max } => {
                format!("text, at most {length_max} characters{}", if *required { ", required" } else { "" })
            }
            Self::Choice { values, default } => format!("{} (default {default})", list(values.clone())),
            Self::Integer { values, default } => {
                format!("{} (default {default})", list(values.iter().map(i64::to_string).collect()))
            }
            Self::Range { min, max } => format!("a whole number, {min} to {max}"),
            Self::Flag { default } => format!("true | false (default {default})"),
            Self::List { items_min, items_max } if items_min == items_max => {
                format!("exactly {items_max}, required")
            }
            Self::List { items_min: 0, items_max } => format!("at most {items_max}"),
            Self::List { items_min, items_max } => format!("{items_min} to {items_max}, required"),
            Self::Shots { items_max, tenths_min, tenths_max } => format!(
                "1 to {items_max} shots of {} to {} s, required",
                f64::from(*tenths_min) / 10.0,
                f64::from(*tenths_max) / 10.0
            ),
        }
    }
}
