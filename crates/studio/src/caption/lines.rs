//! Breaks a caption into lines where its script allows it, and puts each line into visual order.

use super::face::Face;
use unicode_linebreak::linebreaks;

/// Longer prompts cannot fit anyway.
const MAX_CHARACTERS: usize = 600;
const ELLIPSIS: char = '…';
/// What does not stand before an ellipsis.
const PAUSES: &str = ",;:，、；：";

/// At most `most` lines no wider than `width`, evenly filled, the last one with an ellipsis if there was more.
pub(super) fn broken(text: &str, face: &Face, width: f32, most: usize) -> Vec<String> {
    let text = drawable(text, face);
    let lines = filled(&text, face, width);
    if lines.len() > most {
        return shortened(&lines, face, width, most).iter().map(|line| visual(line)).collect();
    }
    // The narrowest measure that needs no further line looks best: no single word is left alone.
    let even = (0..12).map(|n| width * (0.4 + 0.05 * n as f32)).map(|narrow| filled(&text, face, narrow));
    let even = even.into_iter().find(|tried| tried.len() == lines.len());
    even.unwrap_or(lines).iter().map(|line| visual(line)).collect()
}

/// The text on one line, without what cannot be drawn.
fn drawable(text: &str, face: &Face) -> String {
    let words = text
        .split_whitespace()
        .map(|word| word.chars().filter(|character| face.has(*character)).collect::<String>());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(MAX_CHARACTERS).collect()
}

/// Lines filled one after the other, as many as it takes.
fn filled<'a>(text: &'a str, face: &Face, width: f32) -> Vec<&'a str> {
    let fits =
        |from: usize, to: usize| text.get(from..to).is_none_or(|line| face.width(line.trim_end()) <= width);
    let mut lines = Vec::new();
    let (mut start, mut fitting) = (0, 0);
    for (end, _) in linebreaks(text) {
        if !fits(start, end) && fitting > start {
            lines.push(text[start..fitting].trim_end());
            start = fitting;
        }
        // A word that is wider than a line is cut between characters.
        while !fits(start, end) {
            let cuts = text[start..end].char_indices().skip(1).map(|(at, _)| start + at);
            let Some(cut) =
                cuts.clone().take_while(|cut| fits(start, *cut)).last().or_else(|| cuts.clone().next())
            else {
                break;
            };
            lines.push(&text[start..cut]);
            start = cut;
        }
        fitting = end;
    }
    if start < text.len() {
        lines.push(text[start..].trim_end());
    }
    lines
}

/// The first `most` lines, the last one cut where a line may break and ended with an ellipsis.
fn shortened(lines: &[&str], face: &Face, width: f32, most: usize) -> Vec<String> {
    let mut kept: Vec<String> = lines.iter().take(most).map(|line| (*line).to_owned()).collect();
    if let Some(last) = kept.last_mut() {
        let cut = |end: usize| {
            let line = last[..end].trim_end_matches(|end: char| end.is_whitespace() || PAUSES.contains(end));
            format!("{line}{ELLIPSIS}")
        };
        let fits = |line: &String| face.width(line) <= width;
        let breaks: Vec<usize> = linebreaks(last).map(|(end, _)| end).collect();
        let anywhere = last.char_indices().map(|(at, _)| at).rev();
        let shorter = breaks.into_iter().rev().chain(anywhere).map(cut).find(fits);
        *last = shorter.unwrap_or_else(|| ELLIPSIS.to_string());
    }
    kept
}

/// Hebrew and Arabic run from right to left; characters are drawn from left to right.
fn visual(line: &str) -> String {
    let bidi = unicode_bidi::BidiInfo::new(line, None);
    match bidi.paragraphs.first() {
        Some(paragraph) if bidi.has_rtl() => {
            bidi.reorder_line(paragraph, paragraph.range.clone()).into_owned()
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, width: f32, most: usize) -> Vec<String> {
        broken(text, &Face::new(20.0).expect("a face"), width, most)
    }

    #[test]
    fn latin_breaks_between_words_and_lines_are_evenly_filled() {
        let lines = set("a small wooden boat drifts over the quiet lake", 320.0, 2);
        assert_eq!(lines, ["a small wooden boat", "drifts over the quiet lake"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_punctuation() {
        let lines = set("清晨的西湖，薄雾笼罩着断桥。", 100.0, 9);
        assert!(lines.len() >= 3, "{lines:?}");
        assert!(lines.iter().all(|line| !line.starts_with(['，', '。'])), "{lines:?}");
        assert_eq!(lines.concat(), "清晨的西湖，薄雾笼罩着断桥。");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let face = Face::new(20.0).expect("a face");
        for text in
            ["the tide comes in and goes out again and again until evening ".repeat(9), "海".repeat(900)]
        {
            let lines = broken(&text, &face, 200.0, 2);
            assert_eq!(lines.len(), 2);
            assert!(lines[1].ends_with(ELLIPSIS));
            assert!(lines.iter().all(|line| face.width(line) <= 200.0), "{lines:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_between_words() {
        assert_eq!(
            set("a small wooden boat, drifting over the quiet lake", 210.0, 1),
            ["a small wooden boat…"]
        );
    }

    #[test]
    fn a_word_wider_than_a_line_is_cut() {
        assert!(set(&"x".repeat(60), 100.0, 99).len() > 3);
    }

    #[test]
    fn characters_that_would_be_boxes_are_left_out() {
        // A joiner, a variation selector, a private character, one beyond the basic plane, a control.
        assert_eq!(set("sun\u{200d} and\u{fe0f} \u{e000}sea \u{1f30a}\u{7}", 900.0, 2), ["sun and sea"]);
        assert_eq!(set("\u{1f30a}", 900.0, 2), Vec::<String>::new());
    }

    #[test]
    fn hebrew_runs_from_right_to_left() {
        assert_eq!(set("אבג", 900.0, 1), ["גבא"]);
    }

    #[test]
    fn every_living_script_of_the_basic_plane_has_a_shape() {
        let face = Face::new(20.0).expect("a face");
        for character in "aäßяωאبहกひ한中ᠠკհ።ខ".chars() {
            assert!(face.has(character) && face.width(&character.to_string()) > 0.0, "{character}");
        }
    }
}
