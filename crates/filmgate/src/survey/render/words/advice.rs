//! Words that tell what to do.

use filmgate_domain::credits::Credits;

use super::Lang;
use crate::survey::render::next::{Gap, Step};
use crate::survey::render::text::{code, dollars};
use crate::survey::render::view::Seller;

impl Lang {
    /// What to do, as a sentence.
    pub(in super::super) fn step(self, step: &Step) -> String {
        let (english, chinese) = match step {
            Step::WaitForSwitch(Some(card)) => return self.wait_for_switch(card),
            Step::Replace(Some(card)) => return self.replace(card),
            Step::TopUp(seller) => top_up(*seller),
            Step::CheckKey(seller) => check_key(*seller),
            Step::RaiseCap(seller) => raise_cap(*seller),
            Step::AskForRight(seller) => ask_for_right(*seller),
            Step::SlowDown(seller) => slow_down(*seller),
            Step::MakeFilm(seller) => make_film(*seller),
            Step::SeeTask => (
                "Its order is named at the top of this report; see what becomes of it before you order another.",
                "订单见报告开头；在得知结果之前请勿再次下单。",
            ),
            Step::SeeIncident => {
                ("See the warning at the top of this report first.", "请先查看报告开头的警告。")
            }
            Step::Use => {
                ("It can be used as it is; nothing has to be done first.", "可直接使用，无需任何准备。")
            }
            Step::WaitForSwitch(None) => (
                "Wait: the upstream has switched it off and names no date. Use another model until then.",
                "只能等待：上游已将其关闭且未给出恢复日期。在此之前请改用其他模型。",
            ),
            Step::Replace(None) => {
                ("Do not wait for it; move to another model.", "不必等待恢复，请改用其他模型。")
            }
            Step::Elsewhere => (
                "The upstream does not have it under this name. Ask another upstream, or write the upstream's own name into \
                 `[upstreams.NAME.models]`.",
                "上游没有这个名称的模型。请改用其他上游，或在 `[upstreams.NAME.models]` 中填写上游自己的模型名。",
            ),
            Step::WaitForService => (
                "Wait: the service is down on purpose. Run it again later.",
                "只能等待：服务正在维护，请稍后再试。",
            ),
            Step::Reach => (
                "Look at the address, the name lookup, the firewall or proxy between, and the TLS certificate; the evidence \
                 says how far it came.",
                "请检查地址、域名解析、中间的防火墙或代理以及 TLS 证书；失败在哪一步见证据。",
            ),
            Step::OtherApi => (
                "Something answers there, and it is not this API. Look at the address (in OpenAI's dialect it ends with \
                 `/v1`) and at the dialect.",
                "该地址有应答，但不是此 API。请检查地址（OpenAI 兼容接口以 `/v1` 结尾）和 `dialect` 设置。",
            ),
            Step::AskFewer => (
                "Ask about fewer models at once: `filmgate probe --models NAMES`.",
                "请减少一次询问的模型数：`filmgate probe --models NAMES`。",
            ),
        };
        self.pick(english, chinese).to_owned()
    }

    fn wait_for_switch(self, card: &str) -> String {
        let card = code(card);
        self.pick(
            format!("The upstream has switched it off and names no date. Do not wait; use {card} instead."),
            format!("上游已将其关闭且未给出恢复日期。不必等待，请改用 {card}。"),
        )
    }

    fn replace(self, card: &str) -> String {
        let card = code(card);
        self.pick(
            format!("Do not wait for it; use {card} instead."),
            format!("不必等待恢复，请改用 {card}。"),
        )
    }

    /// How much is missing, as a sentence that follows another one.
    pub(in super::super) fn lacking(self, missing: Credits, is_kie: bool) -> String {
        let worth = if is_kie { self.remark("", &dollars(missing)) } else { String::new() };
        self.pick(
            format!(" At least {missing} credits{worth} are missing for the cheapest film."),
            format!("生成最便宜的一条至少还差 {missing} 积分{worth}。"),
        )
    }

    /// Why a page is not where one looks for it.
    pub(in super::super) fn gap(self, gap: Gap) -> String {
        match gap {
            Gap::NotYet => self.pick(
                "upstreams switch a model on before its page is written, and no copy of a page is known that is as old as this \
                 survey. The formats here are those that its clients are known to send."
                    .to_owned(),
                "上游往往先上线模型、后补文档；与本次探测同期的页面副本未知。此处的格式来自已知客户端实际发送的请求。".to_owned(),
            ),
            Gap::Superseded(day) => self.pick(
                format!(
                    "since {day} the documentation shows another form of the same model first, and these pages stand among \
                     the old models. Whether the old endpoint still answers is said above."
                ),
                format!("{day} 起，文档优先展示同一模型的新形式，这些页面被归入旧模型；旧接口是否仍有应答见上文。"),
            ),
            Gap::Gone(day) => self.pick(
                format!("the pages are gone since {day}, as pages are when a model leaves the upstream's list."),
                format!("页面自 {day} 起已被删除，上游撤下模型时通常如此。"),
            ),
        }
    }

    pub(in super::super) fn configuration_intro(self) -> &'static str {
        self.pick(
            "`filmgate probe --write-config` adds these lines after asking.",
            "`filmgate probe --write-config` 会在确认后写入以下内容。",
        )
    }
}

type Both = (&'static str, &'static str);

fn top_up(seller: Seller) -> Both {
    match seller {
        Seller::Kie => ("Top up in your account at https://kie.ai.", "请登录 https://kie.ai 账户充值。"),
        Seller::Filmgate => (
            "Ask its operator for credits: `filmgate credits grant NAME AMOUNT`.",
            "请联系其运营者发放积分：`filmgate credits grant NAME AMOUNT`。",
        ),
        Seller::Engine => ("Top up the account with this upstream.", "请到此上游充值账户。"),
    }
}

fn check_key(seller: Seller) -> Both {
    match seller {
        Seller::Kie => (
            "Look at https://kie.ai/api-key whether the key still exists and was copied whole.",
            "请到 https://kie.ai/api-key 确认密钥仍然存在且复制完整。",
        ),
        Seller::Filmgate => (
            "Ask its operator for a key: `filmgate keys create NAME`.",
            "请联系其运营者创建密钥：`filmgate keys create NAME`。",
        ),
        Seller::Engine => {
            ("Ask whoever runs this upstream for a key that it takes.", "请向此上游的运营者索取有效密钥。")
        }
    }
}

fn raise_cap(seller: Seller) -> Both {
    match seller {
        Seller::Kie => (
            "This key is a sub-key that has used up a cap of its own; topping up does not help. Raise its hourly, daily \
             or total cap at https://kie.ai/api-key, or wait until the period of the cap is over.",
            "此密钥是子密钥，已用完自己的额度上限，充值无济于事。请到 https://kie.ai/api-key 调高它的每小时、每日或总上限，或等额度周期结束。",
        ),
        Seller::Filmgate | Seller::Engine => (
            "This key has used up a cap of its own. Ask whoever gave it to you to raise the cap.",
            "此密钥已用完自己的额度上限，请联系发放者调高上限。",
        ),
    }
}

fn ask_for_right(seller: Seller) -> Both {
    match seller {
        Seller::Kie => (
            "Ask the owner of the account for the right to use these models with this key, and look at the key's IP \
             whitelist at https://kie.ai/api-key.",
            "请向账户所有者申请此密钥对这些模型的使用权限，并在 https://kie.ai/api-key 检查密钥的 IP 白名单。",
        ),
        Seller::Filmgate | Seller::Engine => (
            "Ask whoever runs this upstream for the right to use these models with this key.",
            "请向此上游的运营者申请此密钥对这些模型的使用权限。",
        ),
    }
}

fn slow_down(seller: Seller) -> Both {
    match seller {
        Seller::Kie => (
            "Wait a minute and run it again. An account may send 20 creates in 10 s and ask for the catalogue once a \
             second; other programs with the same account count too.",
            "请等一分钟再试。每个账户 10 秒内最多 20 次创建请求，模型列表每秒最多查询 1 次；使用同一账户的其他程序也计算在内。",
        ),
        Seller::Filmgate | Seller::Engine => (
            "Wait a minute and run it again; other programs with the same key may have used up its limit.",
            "请等一分钟再试；使用同一密钥的其他程序可能已用完限额。",
        ),
    }
}

fn make_film(seller: Seller) -> Both {
    match seller {
        Seller::Engine => (
            "Only a real film can tell: `filmgate probe --models NAMES --spend CREDITS`.",
            "只有实际生成一条视频才能确认：`filmgate probe --models NAMES --spend CREDITS`。",
        ),
        Seller::Kie | Seller::Filmgate => (
            "Only a real order can tell: `filmgate probe --models NAMES --spend CREDITS` makes one smallest film; while the \
             balance is exactly 0, `--verify-402` asks without cost.",
            "只有真实下单才能确认：`filmgate probe --models NAMES --spend CREDITS` 生成一条最便宜的视频；余额恰好为 0 时可用 `--verify-402` 免费验证。",
        ),
    }
}
