//! Words for the values of a field, which a survey keeps in English.

use super::Lang;

impl Lang {
    /// The values in this language; `mark` is for values as they stand in JSON, and for words that are new here.
    pub(in super::super) fn values(self, values: &str, mark: fn(&str) -> String) -> String {
        match known(values) {
            Some(chinese) => self.pick(values.to_owned(), chinese),
            None => mark(values),
        }
    }
}

/// The Chinese for what `filmgate_providers::facts` writes in words.
fn known(values: &str) -> Option<String> {
    match values {
        "one PNG, JPEG or WebP picture" => return Some("一张 PNG、JPEG 或 WebP 图片".to_owned()),
        "the scenes, each on its line" => return Some("各镜头描述，每行一个".to_owned()),
        _ => {}
    }
    if let Some(rest) = values.strip_prefix("at most ") {
        let (number, is_text) =
            rest.strip_suffix(" characters").map_or((rest, false), |number| (number, true));
        return is_number(number).then(|| format!("最多 {number} {}", if is_text { "个字符" } else { "个" }));
    }
    if let Some(number) = values.strip_prefix("exactly ") {
        return is_number(number).then(|| format!("恰好 {number} 个"));
    }
    let (min, rest) = values.split_once(" to ").filter(|(min, _)| is_number(min))?;
    if is_number(rest) {
        return Some(format!("{min} 至 {rest}"));
    }
    let (most, lengths) = rest.split_once(" shots of ")?;
    let (shortest, longest) = lengths.strip_suffix(" s")?.split_once(" to ")?;
    let are_numbers = [most, shortest, longest].into_iter().all(is_number);
    are_numbers.then(|| format!("{min} 至 {most} 个镜头，每个 {shortest} 至 {longest} 秒"))
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}
