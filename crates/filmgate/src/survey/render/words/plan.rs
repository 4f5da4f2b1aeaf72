//! Words for plans: whether they work, what they cost and what speaks for them.

use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Certainty, Strength, Use};

use super::Lang;
use crate::survey::render::text::dollars;

impl Lang {
    pub(in super::super) fn r#use(self, r#use: Use) -> &'static str {
        match r#use {
            Use::TextToVideo => self.pick("Text to video", "文生视频"),
            Use::ImageToVideo => self.pick("Image to video", "图生视频"),
        }
    }

    /// Uses that fare alike, as the beginning of a sentence.
    pub(in super::super) fn uses(self, uses: &[Use]) -> String {
        let words = uses.iter().map(|r#use| self.r#use(*r#use));
        match self {
            Self::Zh => words.collect::<Vec<_>>().join("、"),
            Self::En => {
                let (first, rest): (Vec<_>, Vec<_>) = words.enumerate().partition(|(place, _)| *place == 0);
                let rest = rest.into_iter().map(|(_, word)| format!(" and {}", word.to_lowercase()));
                first.into_iter().map(|(_, word)| word.to_owned()).chain(rest).collect()
            }
        }
    }

    /// That plan A works, as the end of a sentence that begins with the uses.
    pub(in super::super) fn plan_works(self, certainty: Certainty) -> &'static str {
        match certainty {
            Certainty::Verified => self.pick("plan A works today.", "方案 A 今天可用。"),
            Certainty::Inferred | Certainty::Unknown => self.pick(
                "plan A works today, as far as free questions can tell.",
                "方案 A 今天可用（依据免费探测推断）。",
            ),
        }
    }

    /// That plan A does not work, as the end of a sentence that begins with the uses.
    pub(in super::super) fn plan_fails(self, verdict: &str) -> String {
        self.pick(
            format!("plan A does not work today: {verdict}."),
            format!("方案 A 今天不可用：{verdict}。"),
        )
    }

    pub(in super::super) fn no_plan(self) -> &'static str {
        self.pick(
            "there is no plan; no model that was asked about can be used today.",
            "没有可行方案；所询问的模型今天都无法使用。",
        )
    }

    pub(in super::super) fn no_use(self) -> &'static str {
        self.pick(
            "There is no plan: none of the models that were asked about makes films from words or pictures.",
            "没有可行方案：所询问的模型都不能由文字或图片生成视频。",
        )
    }

    pub(in super::super) fn to_do(self) -> &'static str {
        self.pick("What to do: ", "建议：")
    }

    pub(in super::super) fn why(self) -> &'static str {
        self.pick("Why: ", "原因：")
    }

    /// A model and where it is.
    pub(in super::super) fn model_at(self, model: &str, upstream: &str) -> String {
        self.pick(format!("{model} at {upstream}"), format!("{upstream} 上的 {model}"))
    }

    /// So many models.
    pub(in super::super) fn models(self, count: usize) -> String {
        let english = if count == 1 { "1 model".to_owned() } else { format!("{count} models") };
        self.pick(english, format!("{count} 个模型"))
    }

    /// Several models and where they are.
    pub(in super::super) fn models_at(self, models: &str, upstream: &str) -> String {
        self.pick(format!("{models} at {upstream}"), format!("{upstream} 的 {models}"))
    }

    /// The price of the cheapest film, with its worth at Kie.
    pub(in super::super) fn price(self, price: Option<Credits>, is_kie: bool) -> String {
        match price {
            Some(price) => {
                let worth = if is_kie { self.remark("", &dollars(price)) } else { String::new() };
                self.pick(
                    format!("from {price} credits{worth} a film"),
                    format!("每条 {price} 积分{worth}起"),
                )
            }
            None => self.pick("price not known", "价格未知").to_owned(),
        }
    }

    pub(in super::super) fn in_its_favour(self, strengths: &[Strength]) -> String {
        let strengths = self.list(strengths.iter().map(|strength| self.strength(strength)));
        self.pick(format!("in its favour: {strengths}"), format!("优势：{strengths}"))
    }

    fn strength(self, strength: &Strength) -> String {
        let (english, chinese) = match strength {
            Strength::CheaperFilm => ("cheaper", "价格更低"),
            Strength::LongerFilms(seconds) => {
                return self.pick(
                    format!("longer films (up to {seconds} s)"),
                    format!("时长更长（可达 {seconds} 秒）"),
                );
            }
            Strength::LargerFilms(size) => {
                return self
                    .pick(format!("larger films (up to {size})"), format!("分辨率更高（可达 {size}）"));
            }
            Strength::MorePictures(pictures) => {
                return self.pick(
                    format!("more pictures (up to {pictures})"),
                    format!("可用图片更多（最多 {pictures} 张）"),
                );
            }
            Strength::PictureModes => {
                ("takes first and last frames or reference pictures", "支持首尾帧和参考图")
            }
            Strength::OtherFamily => ("another family of models", "不同的模型系列"),
            Strength::OtherUpstream => ("another upstream", "不同的上游"),
            Strength::OwnEngine => ("an engine of your own", "自有推理引擎"),
        };
        self.pick(english, chinese).to_owned()
    }

    /// What stands in place of a plan B.
    pub(in super::super) fn nothing(self) -> &'static str {
        self.pick("none", "无")
    }

    /// What stands between two clauses that belong together.
    pub(in super::super) fn comma(self) -> &'static str {
        self.pick(", ", "，")
    }
}
