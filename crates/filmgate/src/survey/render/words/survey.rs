//! Words for the survey itself: its head, its alarms, its endpoints and how it was done.

use filmgate_domain::credits::Credits;

use super::Lang;

impl Lang {
    pub(in super::super) fn title(self, upstreams: &str) -> String {
        self.pick(format!("Video API survey: {upstreams}"), format!("视频 API 探测报告：{upstreams}"))
    }

    pub(in super::super) fn spent(self, spent: Credits, has_alarm: bool) -> String {
        if has_alarm {
            let english = format!("{spent} credits were spent knowingly; see the warning");
            return self.pick(english, format!("已知花费 {spent} 积分；另见上方警告"));
        }
        if spent == Credits::ZERO {
            return self.pick("nothing was spent", "未花费任何积分").to_owned();
        }
        self.pick(format!("{spent} credits were spent"), format!("共花费 {spent} 积分"))
    }

    pub(in super::super) fn asked(self, upstreams: &[String]) -> String {
        let list = self.list(upstreams.iter().cloned());
        self.pick(format!("asked: {list}"), format!("探测对象：{list}"))
    }

    pub(in super::super) fn requests(self, count: usize) -> String {
        match (self, count) {
            (Self::En, 1) => "1 request".to_owned(),
            _ => self.pick(format!("{count} requests"), format!("{count} 次请求")),
        }
    }

    /// A create that was taken: the headline and what to do.
    pub(in super::super) fn created(
        self,
        job: &str,
        model: &str,
        upstream: &str,
        number: u32,
    ) -> (String, String) {
        self.pick(
            (
                format!("WARNING: A TASK WAS CREATED AND MAY BE BILLED: {upstream} took request {number} as job {job}."),
                format!(
                    "The request ({model}) should have been refused. No further create was sent. Look the job up in the \
                     account's task log; its record says what it cost. Do not ask about this model again, and tell \
                     filmgate's maintainers, whose model card is wrong."
                ),
            ),
            (
                format!("警告：创建了一个可能计费的任务：{upstream} 接受了第 {number} 号请求，任务 ID 为 {job}。"),
                format!(
                    "该请求（{model}）本应被拒绝。此后没有再发送任何创建请求。请在账户的任务记录中查找此任务，其记录会显示实际扣费。请勿再次探测此模型，并告知 filmgate 维护者其模型卡有误。"
                ),
            ),
        )
    }

    /// A complete create that was lost: the headline and what to do.
    pub(in super::super) fn ordered(
        self,
        (task, model, upstream): (&str, &str, &str),
        price: Credits,
        command: &str,
    ) -> (String, String) {
        self.pick(
            (
                format!("WARNING: A FILM WAS ORDERED AND ITS END IS NOT KNOWN: {model} at {upstream}, task {task}, for about {price} credits."),
                format!("{command} goes on with it. Nothing else was ordered; do not order again before it has ended."),
            ),
            (
                format!("警告：已下单一条视频，结果未知：{upstream} 上的 {model}，任务 {task}，约 {price} 积分。"),
                format!("用 {command} 继续等待。未再下其他订单；在其结束之前请勿重复下单。"),
            ),
        )
    }

    pub(in super::super) fn lost(self, model: &str, upstream: &str, number: u32) -> (String, String) {
        self.pick(
            (
                format!("WARNING: A REPLY WAS LOST: nobody knows whether {upstream} took request {number} ({model})."),
                "Compare the balance and look at the account's task log before you run this again.".to_owned(),
            ),
            (
                format!("警告：应答丢失：无法得知 {upstream} 是否接受了第 {number} 号请求（{model}）。"),
                "再次运行之前，请核对余额并查看账户的任务记录。".to_owned(),
            ),
        )
    }

    /// Whether an endpoint answers as its API does, as the beginning of a sentence.
    pub(in super::super) fn answers(self, answers: Option<bool>) -> &'static str {
        match answers {
            Some(true) => self.pick("the API exists and answers", "API 存在且有应答"),
            Some(false) => self.pick("nothing here answers as this API", "此处没有符合该 API 的应答"),
            None => self.pick("whether the API answers is not known", "API 是否有应答未知"),
        }
    }

    /// What an upstream says to a question.
    pub(in super::super) fn says(self, question: &str, what: &str, evidence: &str) -> String {
        let (english, chinese) = match question {
            "incomplete_create" => {
                ("asked with nothing but the model, it says ", "仅带模型名的请求，答复为 ")
            }
            "complete_create" => ("asked with a complete create, it says ", "完整的创建请求，答复为 "),
            "unknown_model" => ("asked for a made-up model, it says ", "换成虚构的模型名，答复为 "),
            _ => ("it says ", "答复为 "),
        };
        self.remark(&format!("{}{what}", self.pick(english, chinese)), evidence)
    }

    pub(in super::super) fn without_card(self) -> &'static str {
        self.pick("models without a card", "没有模型卡的模型")
    }

    pub(in super::super) fn whole(self, models: usize) -> String {
        self.pick(
            format!("This holds for all {models} models that were asked about."),
            format!("所询问的全部 {models} 个模型都如此。"),
        )
    }

    /// What the upstream's own list has.
    pub(in super::super) fn own_list(self, listed: usize, asked: &[String]) -> String {
        let of_them =
            if asked.is_empty() { self.nothing().to_owned() } else { self.list(asked.iter().cloned()) };
        self.pick(
            format!("names in its own list: {listed}; of those asked about: {of_them}"),
            format!("其模型列表共 {listed} 个；本次询问的模型中列出的有：{of_them}"),
        )
    }

    /// How well a family is documented, as a clause.
    pub(in super::super) fn documentation(self, documented: &str) -> String {
        self.pick(format!("documented: {documented}"), format!("官方文档：{documented}"))
    }

    pub(in super::super) fn no_page(self) -> &'static str {
        self.pick("no page known", "未知")
    }

    pub(in super::super) fn balance_is(self, balance: &str) -> String {
        self.pick(format!("the balance is {balance} credits"), format!("余额 {balance} 积分"))
    }

    pub(in super::super) fn balance_unknown(self) -> &'static str {
        self.pick("no balance that can be read", "没有可读取的余额")
    }

    pub(in super::super) fn buys(self, models: &str) -> String {
        self.pick(format!("it buys {models}"), format!("可生成：{models}"))
    }

    pub(in super::super) fn buys_none(self, models: &str) -> String {
        self.pick(format!("it buys no film of {models}"), format!("不足以生成任何一条：{models}"))
    }

    pub(in super::super) fn was_spent(self, model: &str, upstream: &str, spent: Credits) -> String {
        let model = self.model_at(model, upstream);
        self.pick(
            format!("One film of {model} really cost {spent} credits."),
            format!("实测：{model} 生成一条实际花费 {spent} 积分。"),
        )
    }

    pub(in super::super) fn worth(self) -> &'static str {
        self.pick(
            "A credit is worth 0.005 USD at Kie. Prices and formats are those of filmgate's model cards, which know the state of 2026; \
             prices are for the cheapest film.",
            "Kie 的 1 积分约合 0.005 美元。价格与格式取自 filmgate 的模型卡（2026 年的状态）；价格为最便宜一条的价格。",
        )
    }

    pub(in super::super) fn inferred_intro(self) -> &'static str {
        self.pick(
            "The upstream did not say these in so many words; they follow from several of its answers:",
            "以下结论并非上游直接答复，而是由多个应答推断得出：",
        )
    }

    pub(in super::super) fn all_verified(self) -> &'static str {
        self.pick("Every model that was asked about has a verdict.", "所询问的模型均已得出判定。")
    }

    /// How the survey was done, line by line.
    pub(in super::super) fn method(self) -> [(&'static str, &'static str); 6] {
        self.pick(
            [
                ("balance", "the balance is read; nothing is created"),
                ("models", "the upstream's own list of models is read; nothing is created"),
                ("record", "the record of a task that cannot exist is asked for; that the endpoint complains shows that it is there"),
                ("unknown_model", "a create for a model that does not exist; it has nothing to make a film of"),
                ("incomplete_create", "a create without prompt and pictures, only for models that are known to refuse it"),
                ("complete_create", "a whole create, only where it was asked for (`--verify-402`), and only while the balance just read was 0"),
            ],
            [
                ("balance", "读取余额，不创建任何任务"),
                ("models", "读取上游自己的模型列表，不创建任何任务"),
                ("record", "查询一个不可能存在的任务；接口报错即说明接口存在"),
                ("unknown_model", "为不存在的模型发送创建请求，其中没有可供生成的内容"),
                ("incomplete_create", "不带提示词和图片的创建请求，只发给已知会拒绝它的模型"),
                ("complete_create", "完整的创建请求，仅在指定 `--verify-402` 且刚读到的余额为 0 时发送"),
            ],
        )
    }

    pub(in super::super) fn method_intro(self, has_orders: bool) -> &'static str {
        if has_orders {
            return self.pick(
                "Besides orders that were asked for, only questions that cannot make a film were asked; the word before each \
                 is its name in the JSON report:",
                "除明确要求的下单外，只提出不会生成视频的问题；行首为该问题在 JSON 报告中的名称：",
            );
        }
        self.pick(
            "Only questions that cannot make a film were asked; the word before each is its name in the JSON report:",
            "只提出不会生成视频的问题；行首为该问题在 JSON 报告中的名称：",
        )
    }

    pub(in super::super) fn method_end(self) -> [&'static str; 2] {
        self.pick(
            [
                "`inferred` means: the upstream did not say it of this very model; it follows from several answers together.",
                "Evidence numbers count the requests to one upstream. Keys and headers are never kept; words in code letters are the upstream's own, and filmgate's where there was no reply.",
            ],
            [
                "“推断”指上游没有就该模型直接答复，结论由多个应答综合得出。",
                "证据编号按上游各自计数。密钥和请求头从不保存；等宽字体的文字为上游原文；没有应答时为 filmgate 的（英文）说明。",
            ],
        )
    }
}
