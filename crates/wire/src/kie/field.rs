//! The fields of a create: their names and their types in the jobs form and in Veo's, in one table.

use serde::{Deserialize, Serialize, Serializer};

/// What JSON a field takes. The service is strict about it (C), so a number never stands in for a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// A number of seconds, written as a string.
    SecondsText,
    Integer,
    Flag,
    Texts,
    Shots,
}

impl Kind {
    /// Ends the sentence "`field` must be …".
    pub(crate) const fn expected(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::SecondsText => "a string such as \"10\"",
            Self::Integer => "an integer",
            Self::Flag => "true or false",
            Self::Texts => "an array of strings, none of them empty",
            Self::Shots => "an array of objects such as {\"Scene\": \"A city at dawn\", \"duration\": 5}",
        }
    }

    const fn json_type(self) -> &'static str {
        match self {
            Self::Text | Self::SecondsText => "string",
            Self::Integer => "integer",
            Self::Flag => "boolean",
            Self::Texts => "string[]",
            Self::Shots => "object[]",
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident: $kind:ident, $jobs:literal $(, $veo:literal)?;)*) => {
        /// A field of a create that this crate knows; all others are ignored, as the service does (C).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $field,)* }

        impl Field {
            /// Every field, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$field,)*];

            /// The name inside `input` of `createTask`.
            pub const fn jobs_name(self) -> &'static str {
                match self { $(Self::$field => $jobs,)* }
            }

            /// The name in the flat body of `veo/generate`; `None` where that form has no such field.
            pub const fn veo_name(self) -> Option<&'static str> {
                match self { $(Self::$field => { let name: &[&'static str] = &[$($veo)?]; name.first().copied() })* }
            }

            pub(crate) const fn kind(self) -> Kind {
                match self { $(Self::$field => Kind::$kind,)* }
            }
        }
    };
}

fields! {
    /// What to show (D26a; Sora at most 10000 characters).
    Prompt: Text, "prompt", "prompt";
    /// `portrait` or `landscape` for Sora (D26a); `16:9`, `9:16` or `Auto` for Veo (L2).
    AspectRatio: Text, "aspect_ratio", "aspectRatio";
    /// Seconds as a string, `"10"`, `"15"` or `"25"`, despite its name (D26a).
    NFrames: SecondsText, "n_frames";
    /// Whether to leave the mark out (D26a).
    RemoveWatermark: Flag, "remove_watermark";
    /// Links to input pictures (D26a, L2).
    ImageUrls: Texts, "image_urls", "imageUrls";
    /// `standard` or `high` (D26a).
    Size: Text, "size";
    /// The scenes of a storyboard (D26a).
    Shots: Shots, "shots";
    /// At most five characters (D26a).
    CharacterIdList: Texts, "character_id_list";
    /// `s3` or `oss`; optional in practice (D25, C), though schemas require it (D26a).
    UploadMethod: Text, "upload_method";
    /// Exactly one film of one to four seconds (D26a).
    CharacterFileUrl: Texts, "character_file_url";
    /// The task whose film shows the character (D26a).
    OriginTaskId: Text, "origin_task_id";
    /// Start and end in seconds, such as `"3.55,5.55"` (D26a).
    Timestamps: Text, "timestamps";
    /// Up to 40 characters (D26a).
    CharacterUserName: Text, "character_user_name";
    /// What the character is like (D26a).
    CharacterPrompt: Text, "character_prompt";
    /// What the character must not do (D26a).
    SafetyInstruction: Text, "safety_instruction";
    /// The film whose mark is to be removed (D26a).
    VideoUrl: Text, "video_url";
    /// `TEXT_2_VIDEO`, `FIRST_AND_LAST_FRAMES_2_VIDEO` or `REFERENCE_2_VIDEO`; inferred when absent (D26c).
    GenerationType: Text, "generation_type", "generationType";
    /// `720p`, `1080p` or `4k` (D26c).
    Resolution: Text, "resolution", "resolution";
    /// Seconds as an integer: 4, 6 or 8 (D26c).
    Duration: Integer, "duration", "duration";
    /// 10000 to 99999 (D26a).
    Seeds: Integer, "seeds", "seeds";
    /// Text to print into the film (D26a).
    Watermark: Text, "watermark", "watermark";
    /// Whether the prompt may be translated first; true when absent (L2).
    EnableTranslation: Flag, "enable_translation", "enableTranslation";
    /// Whether another model may step in; deprecated (D26a).
    EnableFallback: Flag, "enable_fallback", "enableFallback";
    /// `veo3`, `veo3_fast` or `veo3_lite` inside `input` of the model `veo-3-1` (C; absent from the schema).
    Tier: Text, "model";
}

impl Field {
    /// The JSON type of its values: `string`, `integer`, `boolean`, `string[]` or `object[]`. Seconds in `n_frames` are a
    /// string.
    pub const fn json_type(self) -> &'static str {
        self.kind().json_type()
    }

    /// The field and the spelling in a jobs `input`.
    pub(crate) fn in_jobs(name: &str) -> Option<(Self, &'static str)> {
        Self::ALL.iter().map(|field| (*field, field.jobs_name())).find(|(_, jobs_name)| *jobs_name == name)
    }

    /// The field and the spelling in a Veo body, which reads `aspect_ratio` like `aspectRatio` (L2), and so here
    /// every other field of the form in either spelling.
    pub(crate) fn in_veo(name: &str) -> Option<(Self, &'static str)> {
        Self::ALL.iter().find_map(|field| {
            let veo_name = field.veo_name()?;
            [veo_name, field.jobs_name()]
                .into_iter()
                .find(|spelt| *spelt == name)
                .map(|spelt| (*field, spelt))
        })
    }
}

/// One scene of a storyboard: `{"Scene":…,"duration":…}` (D26a).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shot {
    /// What the scene shows; on the wire with a capital S.
    #[serde(rename = "Scene")]
    pub scene: String,
    /// Seconds, finite.
    pub duration: f64,
}

/// The value of a field, of the type that the field takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A string, never empty when it was decoded.
    Text(String),
    /// An integer.
    Integer(i64),
    /// True or false.
    Flag(bool),
    /// A list of strings, itself possibly empty.
    Texts(Vec<String>),
    /// A storyboard.
    Shots(Vec<Shot>),
}

/// Fields in their order as a jobs `input` object.
pub(crate) struct JobsInput<'a>(pub(crate) &'a [(Field, FieldValue)]);

impl Serialize for JobsInput<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, value)| (field.jobs_name(), value)))
    }
}
