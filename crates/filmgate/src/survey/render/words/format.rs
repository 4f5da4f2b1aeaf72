//! Words for request formats: what a field means, where the model goes, when a create has succeeded, where the film is.

use filmgate_domain::survey::Endpoint;

use super::Lang;

/// One line of the comparison of formats that is not about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Trait {
    Models,
    Create,
    ModelGoes,
    Success,
    TaskId,
    Record,
    Finished,
    Result,
}

impl Lang {
    pub(in super::super) fn r#trait(self, line: Trait) -> &'static str {
        let (english, chinese) = match line {
            Trait::Models => ("models", "模型"),
            Trait::Create => ("create", "创建任务"),
            Trait::ModelGoes => ("where the model goes", "模型字段位置"),
            Trait::Success => ("success of a create", "创建成功的判断"),
            Trait::TaskId => ("id of the task", "任务 ID"),
            Trait::Record => ("record", "查询任务"),
            Trait::Finished => ("finished", "任务完成的判断"),
            Trait::Result => ("film", "视频地址"),
        };
        self.pick(english, chinese)
    }

    /// What a line says of an endpoint; addresses are said elsewhere.
    pub(in super::super) fn trait_of(self, line: Trait, endpoint: Endpoint) -> &'static str {
        let (english, chinese) = match (line, endpoint) {
            (Trait::ModelGoes, Endpoint::Jobs) => (
                "JSON: `model` on top, the fields below inside `input`",
                "JSON：`model` 在顶层，下列字段放在 `input` 内",
            ),
            (Trait::ModelGoes, Endpoint::Veo) => {
                ("JSON, flat: `model` beside the fields below", "扁平 JSON：`model` 与下列字段同级")
            }
            (Trait::ModelGoes, Endpoint::Videos) => (
                "form (multipart): `model` beside the fields below",
                "表单（multipart）：`model` 与下列字段同级",
            ),
            (Trait::Success, Endpoint::Jobs | Endpoint::Veo) => (
                "`code === 200` in the body; HTTP 200 alone says nothing",
                "响应体中 `code === 200`；HTTP 200 本身不代表成功",
            ),
            (Trait::Success, Endpoint::Videos) => ("HTTP 200, 201 or 202", "HTTP 200、201 或 202"),
            (Trait::TaskId, Endpoint::Jobs | Endpoint::Veo) => ("`data.taskId`", "`data.taskId`"),
            (Trait::TaskId, Endpoint::Videos) => ("`id`", "`id`"),
            (Trait::Finished, Endpoint::Jobs) => {
                ("`data.state` is `success` or `fail`", "`data.state` 为 `success` 或 `fail`")
            }
            (Trait::Finished, Endpoint::Veo) => (
                "`data.successFlag` is 1, or 2 or 3 for a failure",
                "`data.successFlag` 为 1；2 或 3 表示失败",
            ),
            (Trait::Finished, Endpoint::Videos) => {
                ("`status` is `completed` or `failed`", "`status` 为 `completed` 或 `failed`")
            }
            (Trait::Result, Endpoint::Jobs) => (
                "`resultUrls[0]` in `data.resultJson`, which is JSON in a string",
                "`data.resultJson`（字符串形式的 JSON）中的 `resultUrls[0]`",
            ),
            (Trait::Result, Endpoint::Veo) => {
                ("`data.response.resultUrls[0]`", "`data.response.resultUrls[0]`")
            }
            (Trait::Result, Endpoint::Videos) => {
                ("`GET /v1/videos/{id}/content`", "`GET /v1/videos/{id}/content`")
            }
            (Trait::Create, Endpoint::Jobs) => same("`POST /api/v1/jobs/createTask`"),
            (Trait::Create, Endpoint::Veo) => same("`POST /api/v1/veo/generate`"),
            (Trait::Create, Endpoint::Videos) => same("`POST /v1/videos`"),
            (Trait::Record, Endpoint::Jobs) => same("`GET /api/v1/jobs/recordInfo?taskId=`"),
            (Trait::Record, Endpoint::Veo) => same("`GET /api/v1/veo/record-info?taskId=`"),
            (Trait::Record, Endpoint::Videos) => same("`GET /v1/videos/{id}`"),
            (Trait::Models, _) => same(""),
        };
        self.pick(english, chinese)
    }

    /// What a parameter means, by filmgate's word for it; a word that is new here is shown as it is.
    pub(in super::super) fn meaning(self, parameter: &str) -> Option<&'static str> {
        let (english, chinese) = match parameter.replace('_', " ").as_str() {
            "prompt" => ("prompt", "提示词"),
            "pictures" | "image" => ("pictures", "参考图片"),
            "aspect" => ("aspect", "画面方向或比例"),
            "seconds" => ("length", "时长"),
            "quality" | "resolution" | "size" => ("size or resolution", "尺寸或分辨率"),
            "mode" => ("what pictures are for", "图片用途"),
            "tier" => ("price tier", "档位"),
            "shots" => ("shots of a storyboard", "分镜"),
            "characters" => ("characters", "角色"),
            "character video" => ("film of a new character", "新角色的视频"),
            "origin task" => ("task of a new character", "新角色的来源任务"),
            "timestamps" => ("seconds of a new character", "新角色的时间段"),
            "character name" => ("name of a new character", "新角色的名称"),
            "character prompt" => ("what a new character is like", "新角色的描述"),
            "safety instruction" => ("what a new character must not do", "新角色的安全限制"),
            "video" => ("film", "视频"),
            "seed" => ("seed", "随机种子"),
            "clean" => ("without watermark", "去除水印"),
            "watermark" => ("watermark", "水印文字"),
            "translate" => ("translation of the prompt", "提示词翻译"),
            "upload store" => ("where uploads are kept", "上传存储位置"),
            "fallback" => ("fallback to another model", "回退到其他模型"),
            _ => return None,
        };
        Some(self.pick(english, chinese))
    }

    pub(in super::super) fn also_upright(self, wide: &str) -> String {
        self.pick(format!("{wide}, also upright"), format!("{wide}，也支持竖屏"))
    }

    pub(in super::super) fn required(self) -> &'static str {
        self.pick("required", "必填")
    }

    pub(in super::super) fn formats_left_out(self, models: &str) -> String {
        self.pick(
            format!("Not in this table for want of room, each with fields of its own: {models}. The JSON report has them."),
            format!("限于篇幅，以下模型的字段未列入表中：{models}。完整内容见 JSON 报告。"),
        )
    }

    /// How the format of a family at an endpoint is called.
    pub(in super::super) fn format(self, family: &str, endpoint: Endpoint) -> String {
        match endpoint {
            Endpoint::Jobs | Endpoint::Veo => format!("{family} (Kie)"),
            Endpoint::Videos => self.asked_as(family),
        }
    }

    /// An engine is asked in a family's words, whatever it really runs.
    pub(in super::super) fn asked_as(self, family: &str) -> String {
        self.pick(format!("asked as {family} (OpenAI)"), format!("按 {family} 请求（OpenAI 兼容）"))
    }

    /// The intro of one plan's examples.
    pub(in super::super) fn example_intro(self, variable: &str) -> String {
        self.pick(
            format!("The key is read from the environment variable `{variable}`. Each run orders one film."),
            format!("密钥从环境变量 `{variable}` 读取。每次运行都会真实下单一条视频。"),
        )
    }

    pub(in super::super) fn example_unpaid(self) -> &'static str {
        self.pick(
            "Today these end with the upstream's refusal, since the account cannot pay; after topping up they work as they are.",
            "由于账户积分不足，今天运行会得到上游的拒绝答复；充值后无需改动即可使用。",
        )
    }

    pub(in super::super) fn example_blocked(self, verdict: &str) -> String {
        self.pick(format!("Today these do not work ({verdict})."), format!("今天无法运行（{verdict}）。"))
    }

    pub(in super::super) fn example_picture(self, is_file: bool) -> &'static str {
        if is_file {
            self.pick(
                "Put your own picture beside it as `picture.png`.",
                "请把自己的图片以 `picture.png` 放在同一目录。",
            )
        } else {
            self.pick(
                "Replace the picture's address by one of your own that the upstream can reach.",
                "请把图片地址换成上游可以访问的自有地址。",
            )
        }
    }

    /// How the same request takes a picture.
    pub(in super::super) fn example_add_picture(self, field: &str) -> String {
        self.pick(
            format!("For image to video, add {field} to the same body."),
            format!("图生视频时，在同一请求体中加入 {field}。"),
        )
    }

    pub(in super::super) fn no_example(self) -> &'static str {
        self.pick("There is no plan, so there is nothing to show.", "没有可行方案，因此没有示例。")
    }
}

fn same(text: &'static str) -> (&'static str, &'static str) {
    (text, text)
}
