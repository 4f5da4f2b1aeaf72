//! Every word of a report in both languages side by side, so that neither can lack one.

mod advice;
pub(super) mod format;
mod news;
mod plan;
mod survey;
mod values;
mod verdict;

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

/// Headings and the heads of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Conclusion,
    Findings,
    Changes,
    Models,
    Balance,
    Formats,
    Next,
    Documentation,
    Configuration,
    Examples,
    NotVerified,
    Inferred,
    Evidence,
    Method,
    Upstream,
    Model,
    Verdict,
    Price,
    Films,
    Seconds,
    Sizes,
    Documented,
    Use,
    PlanA,
    PlanB,
    Meaning,
    Number,
    Numbers,
    Request,
    Latency,
    Time,
    Why,
}

impl Lang {
    /// The one of two in this language.
    pub(super) fn pick<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::En => english,
            Self::Zh => chinese,
        }
    }

    pub(super) fn word(self, word: Word) -> &'static str {
        let (english, chinese) = match word {
            Word::Conclusion => ("Conclusion", "结论"),
            Word::Findings => ("Findings", "逐项结果"),
            Word::Changes => ("What changed since the last survey", "与上次探测相比的变化"),
            Word::Models => ("Every model that was asked about", "全部模型一览"),
            Word::Balance => ("The balance and what it buys", "余额与可生成条数"),
            Word::Formats => ("Formats side by side", "请求格式对照"),
            Word::Next => ("What to do next", "下一步怎么做"),
            Word::Documentation => ("Why documentation may be missing", "为什么可能查不到文档"),
            Word::Configuration => ("Configuration that follows the plans", "按上述方案配置 filmgate"),
            Word::Examples => ("Request examples", "请求示例"),
            Word::NotVerified => ("What was not verified, and why", "未验证的内容及原因"),
            Word::Inferred => ("What is inferred", "推断得出的结论"),
            Word::Evidence => ("Evidence", "证据"),
            Word::Method => ("How this was done", "探测方法"),
            Word::Upstream => ("upstream", "上游"),
            Word::Model => ("model", "模型"),
            Word::Verdict => ("verdict", "判定"),
            Word::Price => ("credits a film, from", "每条最低积分"),
            Word::Films => ("films", "可生成条数"),
            Word::Seconds => ("seconds", "时长（秒）"),
            Word::Sizes => ("sizes", "分辨率"),
            Word::Documented => ("documented", "官方文档"),
            Word::Use => ("use", "用途"),
            Word::PlanA => ("plan A", "方案 A"),
            Word::PlanB => ("plan B", "方案 B"),
            Word::Meaning => ("what", "项目"),
            Word::Number => ("no.", "编号"),
            Word::Numbers => ("evidence", "证据编号"),
            Word::Request => ("request", "请求"),
            Word::Latency => ("latency", "耗时"),
            Word::Time => ("time (UTC)", "时间（UTC）"),
            Word::Why => ("why", "依据"),
        };
        self.pick(english, chinese)
    }

    /// The head of a column for a terminal, where there is little room.
    pub(super) fn column(self, word: Word) -> &'static str {
        match word {
            Word::Price => self.pick("price", "价格"),
            Word::Films => self.pick("films", "条数"),
            word => self.word(word),
        }
    }

    /// A reason that is inferred.
    pub(super) fn inferred(self, reason: &str) -> String {
        self.pick(format!("inferred: {reason}"), format!("推断：{reason}"))
    }

    /// Several things, one after the other.
    pub(super) fn list(self, items: impl IntoIterator<Item = impl Into<String>>) -> String {
        let items: Vec<String> = items.into_iter().map(Into::into).collect();
        items.join(self.pick(", ", "、"))
    }

    /// Several clauses, one after the other.
    pub(super) fn clauses(self, items: impl IntoIterator<Item = impl Into<String>>) -> String {
        let items: Vec<String> = items.into_iter().map(Into::into).collect();
        items.join(self.pick("; ", "；"))
    }

    /// What introduces something.
    pub(super) fn colon(self) -> &'static str {
        self.pick(": ", "：")
    }

    /// The end of a sentence.
    pub(super) fn stop(self) -> &'static str {
        self.pick(".", "。")
    }

    /// A sentence behind another one.
    pub(super) fn sentence_after(self, sentence: &str) -> String {
        self.pick(" ", "").to_owned() + sentence
    }

    /// A word at the beginning of a title.
    pub(super) fn title_word(self, word: Word) -> &'static str {
        match word {
            Word::PlanA => self.pick("Plan A", "方案 A"),
            Word::PlanB => self.pick("Plan B", "方案 B"),
            word => self.word(word),
        }
    }

    /// A thing with a remark to it.
    pub(super) fn remark(self, thing: &str, remark: &str) -> String {
        self.pick(format!("{thing} ({remark})"), format!("{thing}（{remark}）"))
    }

    /// What names the exchanges a sentence rests on.
    pub(super) fn evidence(self, numbers: &str) -> String {
        self.pick(format!("evidence {numbers}"), format!("证据 {numbers}"))
    }
}
