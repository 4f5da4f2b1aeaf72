//! How meanings are found in text: the longest word or phrase of the tables wins, in English and in Chinese.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::meaning::{Action, Kind, Meaning};
use super::{words_en, words_zh};
use crate::camera::Move;

/// The meanings of a text's words and marks, in their order. Both languages may be mixed.
pub(crate) fn meanings_of(text: &str) -> Vec<Meaning> {
    let lower = text.to_lowercase();
    let mut meanings = Vec::new();
    let mut words = Vec::new();
    for run in runs(&lower) {
        if let Run::English(word) = run {
            words.push(word);
            continue;
        }
        english(&words, &mut meanings);
        words.clear();
        match run {
            Run::Chinese(phrase) => chinese(phrase, &mut meanings),
            Run::Mark(mark) => meanings.push(mark),
            Run::English(_) => {}
        }
    }
    english(&words, &mut meanings);
    steer(&mut meanings);
    meanings
}

/// Where the camera is what moves, in the rest of its clause, a move is the camera's.
fn steer(meanings: &mut [Meaning]) {
    let mut lens = false;
    for meaning in meanings {
        match meaning {
            Meaning::Lens => lens = true,
            Meaning::Clause | Meaning::Stop | Meaning::Kind(_) | Meaning::Vague(_) => lens = false,
            Meaning::Steered(camera) if lens => *meaning = Meaning::Camera(*camera),
            // A camera that flies through a forest moves forward.
            Meaning::Action(action) if lens && action.travels() => *meaning = Meaning::Camera(Move::DollyIn),
            _ => {}
        }
    }
}

enum Run<'a> {
    English(&'a str),
    Chinese(&'a str),
    Mark(Meaning),
}

/// Splits a text into English words, stretches of Chinese characters, and the marks between them.
fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let class = |letter: char| (letter.is_alphanumeric(), letter.is_ascii());
        let length = rest.find(|letter| class(letter) != class(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        match class(first) {
            (true, true) => runs.push(Run::English(run)),
            (true, false) => runs.push(Run::Chinese(run)),
            (false, _) if run.contains(['.', '!', '?', '\n', '。', '！', '？']) => {
                runs.push(Run::Mark(Meaning::Stop));
            }
            (false, _) if run.contains([';', ':', '(', ')', '，', '；', '：', '（', '）', '—', '–']) =>
            {
                runs.push(Run::Mark(Meaning::Clause));
            }
            (false, _) if run.contains([',', '、']) => runs.push(Run::Mark(Meaning::Comma)),
            (false, _) => {}
        }
        rest = after;
    }
    runs
}

/// A meaning that is a list says all that is on it; a colour there is only what the thing is usually like.
fn say(meaning: Meaning, meanings: &mut Vec<Meaning>) {
    let Meaning::All(list) = meaning else { return meanings.push(meaning) };
    let usual = |each: &Meaning| match each {
        Meaning::Colour(colour) => Meaning::Tint(*colour),
        each => *each,
    };
    meanings.extend(list.iter().map(usual));
}

/// At each word the longest phrase of the table wins, and the word as it is over its other forms.
fn english(words: &[&str], meanings: &mut Vec<Meaning>) {
    let mut at = 0;
    let mut participle = None;
    while at < words.len() {
        let longest = beginning(&ENGLISH, words[at])
            .filter(|(meaning, phrase)| starts_with(&words[at..], phrase, *meaning))
            .max_by_key(|(_, phrase)| {
                (phrase.split(' ').count(), phrase.split(' ').next() == Some(words[at]))
            });
        let before = meanings.len();
        let length = longest.map_or(1, |(_, phrase)| phrase.split(' ').count());
        let found = longest.map(|(meaning, _)| meaning).or_else(|| by_its_ending(words[at]));
        if found.is_some_and(names_figure) {
            // "a sleeping cat": what was said right before a noun is said of it.
            if let Some((place, action)) = participle {
                meanings[place] = Meaning::Doing(action);
            }
            if is_plural(words[at + length - 1], longest.map(|(_, phrase)| phrase)) {
                meanings.push(Meaning::Several);
            }
        }
        say(found.unwrap_or(Meaning::Other(2)), meanings);
        participle = match found {
            Some(Meaning::Action(action)) if words[at].ends_with("ing") && !takes_an_object(action) => {
                Some((before, action))
            }
            _ => None,
        };
        at += length;
    }
}

fn names_figure(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Kind(_) | Meaning::Vague(_) => true,
        Meaning::All(list) => list.iter().copied().any(names_figure),
        _ => false,
    }
}

/// Whether the noun after the verb is what it is done to: "riding a horse".
fn takes_an_object(action: Action) -> bool {
    matches!(action, Action::Drive | Action::Play | Action::Sit)
}

/// Whether the noun is meant more than once. Words that are in the tables as they stand have said so there.
fn is_plural(word: &str, entry: Option<&str>) -> bool {
    let irregular = "children|women|men|people|mice|wolves|geese|calves|crowd";
    let entry = entry.and_then(|phrase| phrase.rsplit(' ').next());
    irregular.split('|').any(|plural| plural == word)
        || entry.is_some_and(|entry| entry != word && word.ends_with('s'))
}

/// English nouns that tell by their end what they are, of those that no table has.
fn by_its_ending(word: &str) -> Option<Meaning> {
    let word = word.strip_suffix('s').unwrap_or(word);
    let ends = |endings: &[&str]| {
        endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    };
    let kind = match word {
        _ if ends(&["fish"]) => Kind::Fish,
        _ if ends(&["bird"]) => Kind::Bird,
        _ if ends(&["saur", "sauru"]) => Kind::Dragon,
        _ if ends(&["boat"]) => Kind::Boat,
        _ if ends(&["woman", "women"]) => Kind::Woman,
        _ if ends(&["swordsman", "fireman", "sportsman", "craftsman", "spiderman", "batman"]) => Kind::Man,
        _ if ends(&["flower"]) => Kind::Flower,
        _ if ends(&["copter", "plane"]) => Kind::Plane,
        _ => return None,
    };
    Some(Meaning::Kind(kind))
}

/// A table's single words and phrases with their meanings, by their first letters.
type Entries = BTreeMap<char, Vec<(Meaning, &'static str)>>;

static ENGLISH: LazyLock<Entries> = LazyLock::new(|| entries(words_en::WORDS));
static CHINESE: LazyLock<Entries> = LazyLock::new(|| entries(words_zh::WORDS));

fn entries(table: &[(Meaning, &'static str)]) -> Entries {
    let mut entries = Entries::new();
    for (meaning, words) in table {
        for word in words.split('|') {
            let first = word.chars().next().unwrap_or(' ');
            entries.entry(first).or_default().push((*meaning, word));
        }
    }
    entries
}

/// The entries that may begin a text. No English ending changes the first letter.
fn beginning(entries: &'static Entries, text: &str) -> impl Iterator<Item = (Meaning, &'static str)> {
    let first = text.chars().next().unwrap_or(' ');
    entries.get(&first).into_iter().flatten().copied()
}

fn starts_with(words: &[&str], phrase: &str, meaning: Meaning) -> bool {
    let verb = matches!(meaning, Meaning::Action(_) | Meaning::Camera(_) | Meaning::Steered(_));
    let mut words = words.iter();
    phrase.split(' ').all(|wanted| words.next().is_some_and(|word| is_form_of(word, wanted, verb)))
}

/// Whether a word is its table entry, or that entry with a usual English ending.
fn is_form_of(word: &str, entry: &str, verb: bool) -> bool {
    if word == entry {
        return true;
    }
    let endings = if verb { &["s", "es", "ing", "ed"][..] } else { &["s", "es"][..] };
    let stems = endings.iter().filter_map(|ending| Some((*ending, word.strip_suffix(ending)?)));
    let form = stems.filter(|(_, stem)| stem.len() > 1).any(|(ending, stem)| {
        let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|sound| entry.ends_with(sound));
        let silent_e = entry.strip_suffix('e') == Some(stem) && ending != "s" && ending != "es";
        let doubled = stem.len() == entry.len() + 1
            && stem.starts_with(entry)
            && stem.as_bytes().last() == entry.as_bytes().last()
            && matches!(ending, "ing" | "ed");
        (stem == entry && (ending != "es" || hissing)) || silent_e || doubled
    });
    form || word.strip_suffix("ies").is_some_and(|stem| entry.strip_suffix('y') == Some(stem))
}

/// At each character the longest word of the table wins.
fn chinese(phrase: &str, meanings: &mut Vec<Meaning>) {
    let mut rest = phrase;
    while let Some(first) = rest.chars().next() {
        let longest = beginning(&CHINESE, rest)
            .filter(|(_, word)| rest.starts_with(word))
            .max_by_key(|(_, word)| word.len());
        let length = match (longest, numeral(rest)) {
            (Some((meaning, word)), counted) if counted.is_none_or(|(_, length)| length < word.len()) => {
                // "奔跑的马", "穿红裙子的人": what stands before 的 is said of the noun after it.
                let before_noun = rest[word.len()..].starts_with('的');
                match meaning {
                    Meaning::Action(action) if before_noun => meanings.push(Meaning::Doing(action)),
                    Meaning::Garment if before_noun => meanings.push(Meaning::Worn),
                    meaning => say(meaning, meanings),
                }
                word.len()
            }
            (_, Some((count, length))) => {
                meanings.extend([Meaning::Article, Meaning::Count(count)]);
                length
            }
            _ => {
                match first {
                    '的' => meanings.push(Meaning::Of),
                    // Particles tie words together and say nothing of their own.
                    '地' | '得' | '着' | '了' | '过' | '很' | '最' | '正' => {}
                    _ => meanings.push(Meaning::Other(1)),
                }
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
}

/// A Chinese number with the measure word that makes it one, and its length: 三只, 两条.
fn numeral(text: &str) -> Option<(u32, usize)> {
    let mut letters = text.chars();
    let count = match letters.next()? {
        '一' => 1,
        '两' | '二' | '双' => 2,
        '三' | '几' => 3,
        '四' => 4,
        '五' | '六' | '七' | '八' | '九' | '十' => 5,
        _ => return None,
    };
    let measure = letters.next()?;
    let length = text.chars().next()?.len_utf8() + measure.len_utf8();
    match measure {
        '群' if count == 1 => Some((4, length)),
        '对' if count == 1 => Some((2, length)),
        '些' if count == 1 => Some((3, length)),
        '队' | '排' | '窝' if count == 1 => Some((4, length)),
        _ if "只个位名条匹头辆艘架朵棵座列株尾颗枚艇".contains(measure) => {
            Some((count, length))
        }
        _ => None,
    }
}
