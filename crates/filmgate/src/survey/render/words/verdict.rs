//! Words for verdicts, for why they are what they are, and for how well a model is documented.

use filmgate_domain::catalogue::Documented;
use filmgate_domain::survey::{Certainty, Finding, Reason, Verdict};
use filmgate_domain::time::Day;

use super::Lang;
use crate::survey::render::text::code;

impl Lang {
    pub(in super::super) fn verdict(self, verdict: Verdict) -> &'static str {
        let (english, chinese) = match verdict {
            Verdict::Usable => ("usable", "可用"),
            Verdict::CreditsInsufficient => ("exists, credits insufficient", "存在，但积分不足"),
            Verdict::Paused => ("exists, paused", "存在，但已暂停"),
            Verdict::Retired => ("retired", "已下线"),
            Verdict::NotOffered => ("not offered", "未提供"),
            Verdict::KeyRefused => ("key refused", "密钥被拒绝"),
            Verdict::NotPermitted => ("not permitted for this key", "此密钥无权使用"),
            Verdict::RateLimited => ("rate limited", "被限流"),
            Verdict::Maintenance => ("maintenance", "维护中"),
            Verdict::Unreachable => ("unreachable", "无法访问"),
            Verdict::NotVerified => ("not verified", "未验证"),
        };
        self.pick(english, chinese)
    }

    /// The verdict in at most two words, for a terminal.
    pub(in super::super) fn verdict_short(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::CreditsInsufficient => self.pick("no credits", "积分不足"),
            Verdict::Paused => self.pick("paused", "已暂停"),
            Verdict::NotPermitted => self.pick("not permitted", "无权限"),
            verdict => self.verdict(verdict),
        }
    }

    pub(in super::super) fn inferred_word(self) -> &'static str {
        self.pick("inferred", "推断")
    }

    /// The verdict with how certain it is and, of a retired model, since when and what replaces it.
    pub(in super::super) fn finding(self, finding: &Finding) -> String {
        let mut remarks = Vec::new();
        if finding.certainty == Certainty::Inferred {
            remarks.push(self.inferred_word().to_owned());
        }
        remarks.extend(finding.since.map(|since| self.retired(finding, since)));
        let verdict = self.verdict(finding.verdict);
        if remarks.is_empty() { verdict.to_owned() } else { self.remark(verdict, &self.clauses(remarks)) }
    }

    /// Since when a card says that a model is retired. Where the upstream says otherwise, the card is named as the source.
    pub(in super::super) fn retired(self, finding: &Finding, since: Day) -> String {
        let by = finding.replacement.as_deref().map(code);
        let (en_by, zh_by) = by.map_or_else(Default::default, |card| {
            (format!(", replaced by {card}"), format!("，由 {card} 取代"))
        });
        if finding.verdict == Verdict::Retired {
            self.pick(format!("since {since}{en_by}"), format!("自 {since} 起{zh_by}"))
        } else {
            self.pick(
                format!("by its card retired since {since}{en_by}"),
                format!("模型卡：{since} 起下线{zh_by}"),
            )
        }
    }

    /// Why, as a clause.
    pub(in super::super) fn reason(self, reason: Reason) -> &'static str {
        let (english, chinese) = match reason {
            Reason::Said => ("the upstream said so", "上游明确答复"),
            Reason::FilmMade => ("a film was made for this survey", "本次探测实际生成了一条视频"),
            Reason::FilmFailed => (
                "a film was ordered for this survey and did not come",
                "本次探测下单了一条视频，但没有生成成功",
            ),
            Reason::Taken => {
                ("it took a create that should have been refused", "它接受了一个本应被拒绝的创建请求")
            }
            Reason::AsksAndBalanceCovers => (
                "it asks for its missing field, so it is there and on, and the balance covers its price",
                "它要求补全缺失的字段，说明模型存在且已启用；余额足够支付其价格",
            ),
            Reason::AsksAndBalanceShort => (
                "it asks for its missing field, so it is there and on, and the balance is below its price",
                "它要求补全缺失的字段，说明模型存在且已启用；余额低于其价格",
            ),
            Reason::AsksAndBalanceUnknown => (
                "it asks for its missing field, so it is there and on; whether the account can pay could not be read",
                "它要求补全缺失的字段，说明模型存在且已启用；但无法读取余额，不知账户能否支付",
            ),
            Reason::ListedAndAnswers => (
                "the upstream lists it and the endpoint answers; no create was sent",
                "上游的模型列表里有它，接口也有应答；未发送创建请求",
            ),
            Reason::NotListed => ("the upstream's own list does not name it", "上游自己的模型列表里没有它"),
            Reason::NoEndpoint => (
                "the upstream lists it, and there is no endpoint for films where one is expected",
                "上游的模型列表里有它，但预期的视频接口不存在",
            ),
            Reason::NoList => (
                "the upstream has no list of models, and a create to find out might make a film",
                "上游没有模型列表，而用创建请求来试探可能会生成视频",
            ),
            Reason::WholeUpstream => {
                ("what holds for the whole key or upstream holds for it", "整个密钥或上游的状态同样适用于它")
            }
            Reason::MayCreate => (
                "an empty request might make a paid film of this model, so none was sent",
                "向此模型发送空请求可能会生成收费视频，因此没有发送",
            ),
            Reason::NoCard => (
                "filmgate has no card about it, so nobody knows what an empty request does; none was sent",
                "filmgate 没有它的模型卡，无法预知空请求的后果，因此没有发送",
            ),
            Reason::NotToldApart => (
                "the endpoint answers the same to a model that does not exist",
                "接口对不存在的模型也给出同样的答复，无法据此判断",
            ),
            Reason::LimitReached => {
                ("the limit of requests was reached before its turn", "还没轮到它，请求次数已达上限")
            }
            Reason::Stopped => (
                "no create was sent any more, because this upstream took one that it should have refused, or a reply was lost",
                "该上游曾接受本应拒绝的创建请求，或有应答丢失，因此不再发送创建请求",
            ),
            Reason::Ordered => {
                ("a film was ordered, and its end is not known yet", "已下单一条视频，结果尚不可知")
            }
            Reason::Failed => ("the upstream failed when it was asked", "询问时上游发生故障"),
            Reason::Lost => ("the reply to a create was lost", "创建请求的应答丢失"),
            Reason::Unclear => ("the answer does not say", "应答内容无法说明问题"),
        };
        self.pick(english, chinese)
    }

    /// Why in a few words, for a terminal.
    pub(in super::super) fn reason_short(self, reason: Reason) -> &'static str {
        let (english, chinese) = match reason {
            Reason::Said => ("the upstream said so", "上游明确答复"),
            Reason::FilmMade => ("a film was made", "实际生成了视频"),
            Reason::FilmFailed => ("a film was ordered and did not come", "已下单但未生成"),
            Reason::Taken => ("A CREATE WAS TAKEN", "创建请求被接受"),
            Reason::AsksAndBalanceCovers => ("it is on, the balance covers it", "已启用，余额足够"),
            Reason::AsksAndBalanceShort => ("it is on, the balance is too small", "已启用，余额不够"),
            Reason::AsksAndBalanceUnknown => {
                ("it is on; the balance cannot be read", "已启用，但无法读取余额")
            }
            Reason::ListedAndAnswers => ("listed, and the endpoint answers", "在列表中，接口有应答"),
            Reason::NotListed => ("not in the upstream's list", "不在上游列表中"),
            Reason::NoEndpoint => ("listed, but no endpoint for films", "在列表中，但没有视频接口"),
            Reason::NoList => ("no list of models", "没有模型列表"),
            Reason::WholeUpstream => ("holds for the whole key or upstream", "整个密钥或上游如此"),
            Reason::MayCreate => ("asking might make a paid film", "询问可能产生收费视频"),
            Reason::NoCard => ("no card about it", "没有模型卡"),
            Reason::NotToldApart => ("same answer for a made-up model", "对虚构模型答复相同"),
            Reason::LimitReached => ("limit of requests reached", "请求次数已达上限"),
            Reason::Stopped => ("no create was sent any more", "不再发送创建请求"),
            Reason::Ordered => ("A FILM WAS ORDERED", "已下单，结果未知"),
            Reason::Failed => ("the upstream failed", "上游故障"),
            Reason::Lost => ("THE REPLY WAS LOST", "应答丢失"),
            Reason::Unclear => ("the answer does not say", "应答不明确"),
        };
        self.pick(english, chinese)
    }

    /// How well a model is documented, in a cell.
    pub(in super::super) fn documented(
        self,
        documented: Documented,
        url: &str,
        first_seen: Option<Day>,
    ) -> String {
        match documented {
            Documented::Published => self.pick(format!("yes: {url}"), format!("有：{url}")),
            Documented::NotYet => {
                let day = first_seen.map(|day| day.to_string()).unwrap_or_default();
                self.pick(
                    format!("no page of that time known (oldest copy {day})"),
                    format!("当时的页面未知（已知最早副本 {day}）"),
                )
            }
            Documented::Superseded(day) => {
                self.pick(format!("as an old model since {day}: {url}"), format!("{day} 起归入旧模型：{url}"))
            }
            Documented::Gone(day) => {
                self.pick(format!("page gone since {day}"), format!("页面自 {day} 起已删除"))
            }
        }
    }
}
