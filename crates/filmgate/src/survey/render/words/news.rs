//! Words for what has changed between two surveys.

use filmgate_domain::survey::{Change, Verdict};

use super::Lang;
use crate::survey::render::text::code;

/// How many names of a list are shown.
const NAMES_MAX: usize = 20;

impl Lang {
    /// One difference, as a sentence.
    pub(in super::super) fn change(self, change: &Change) -> String {
        let amount = |credits: &Option<_>| match credits {
            Some(credits) => format!("{credits}"),
            None => self.pick("unknown", "未知").to_owned(),
        };
        match change {
            Change::NewUpstream(upstream) => {
                let upstream = code(upstream);
                self.pick(
                    format!("{upstream} was not asked before."),
                    format!("{upstream} 为新增的探测对象。"),
                )
            }
            Change::GoneUpstream(upstream) => {
                let upstream = code(upstream);
                self.pick(
                    format!("{upstream} was not asked this time."),
                    format!("本次没有探测 {upstream}。"),
                )
            }
            Change::Balance { upstream, was, is } => {
                let (upstream, was, is) = (code(upstream), amount(was), amount(is));
                self.pick(
                    format!("{upstream}: the balance was {was} and is {is} credits."),
                    format!("{upstream}：余额由 {was} 变为 {is} 积分。"),
                )
            }
            Change::Verdict { upstream, card, was, is } => {
                self.verdict_change(&self.models_at(&code(card), &code(upstream)), *was, *is)
            }
            Change::Price { upstream, card, was, is } => {
                let (card, was, is) = (self.model_at(&code(card), &code(upstream)), amount(was), amount(is));
                self.pick(
                    format!("{card}: the cheapest film cost {was} and costs {is} credits."),
                    format!("{card}：最便宜的一条由 {was} 变为 {is} 积分。"),
                )
            }
            Change::Listed { upstream, added, removed } => {
                let upstream = code(upstream);
                let (added, removed) = (self.names(added), self.names(removed));
                self.pick(
                    format!("{upstream}: its own list has gained {added} and lost {removed}."),
                    format!("{upstream}：自身的模型列表新增 {added}；移除 {removed}。"),
                )
            }
        }
    }

    /// The verdict on some models is another one.
    pub(in super::super) fn verdict_change(
        self,
        models: &str,
        was: Option<Verdict>,
        is: Option<Verdict>,
    ) -> String {
        let word = |verdict: Option<Verdict>| {
            verdict.map_or_else(|| self.pick("not asked about", "未询问"), |verdict| self.verdict(verdict))
        };
        let (was, is) = (word(was), word(is));
        self.pick(
            format!("{models}: was “{was}”, is “**{is}**”."),
            format!("{models}：由“{was}”变为“**{is}**”。"),
        )
    }

    fn names(self, names: &[String]) -> String {
        if names.is_empty() {
            return self.pick("nothing", "无").to_owned();
        }
        let shown = self.list(names.iter().take(NAMES_MAX).map(|name| code(name)));
        match names.len().saturating_sub(NAMES_MAX) {
            0 => shown,
            more => self.pick(format!("{shown} and {more} more"), format!("{shown} 等共 {} 个", names.len())),
        }
    }

    pub(in super::super) fn no_change(self) -> &'static str {
        self.pick("Nothing has changed.", "没有变化。")
    }
}
