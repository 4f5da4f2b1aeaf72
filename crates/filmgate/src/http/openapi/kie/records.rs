//! Reading a task in Kie's dialect, and the balance.

use filmgate_wire::kie::texts;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{link, number, object, one_of, or_null, says, text, whole};
use super::{FILM, ID, links, nullable_text, refusals, succeeds, success};

pub(super) fn operations() -> Vec<Operation> {
    let info = |path, id, summary| {
        operation(("get", path), id, summary)
            .says("A failed task is a success of this call: `code` is 200 and `state` is `fail`. `resultJson` is JSON in a text; `response` is the same as an object. `late_film` is there when a film came after its task had ended without one.")
            .costs("Free. At most 10 reads of one task in a second, unless the operator says otherwise.")
            .needs("query", "taskId", (text(), ID), "The task's id, as its create answered.")
            .says_kie("TaskRecord", ("a finished film", succeeds(finished())), &refusals(&[texts::TASK_ID_REQUIRED, texts::RECORD_INFO_IS_NULL, texts::RATE_LIMITED]))
            .with("Scenario")
    };
    vec![
        info("/api/v1/jobs/recordInfo", "recordInfo", "Read a task"),
        info("/api/v1/playground/recordInfo", "playgroundRecordInfo", "The same as recordInfo")
            .same_as("recordInfo"),
        operation(("get", "/api/v1/veo/record-info"), "veoRecordInfo", "Read a task of Veo's form")
            .says("`successFlag` is 0 while it runs, 1 with a film, 2 or 3 without one.")
            .costs("Free.")
            .needs("query", "taskId", (text(), ID), "The task's id, as its create answered.")
            .says_kie(
                "VeoRecord",
                ("a finished film", succeeds(veo_finished())),
                &refusals(&[texts::TASK_ID_REQUIRED, texts::record_not_found(ID), texts::RATE_LIMITED]),
            )
            .with("Scenario"),
        operation(("get", "/api/v1/chat/credit"), "chatCredit", "Read the balance")
            .says("What can be spent now: credits that are set aside for running tasks are not in it.")
            .costs("Free.")
            .says_kie("KieBalance", ("a balance", succeeds(json!(970.0))), &refusals(&[]))
            .with("Scenario"),
    ]
}

pub(super) fn schemas() -> Schemas {
    vec![("TaskRecord".into(), success(record())), ("VeoRecord".into(), success(veo_record()))]
}

fn record() -> Value {
    let state = "`waiting` until somebody works on it, `generating`, then `success` or `fail`.";
    let flag =
        json!({"type": "integer", "enum": [0, 1, 3], "description": "0 not ended, 1 success, 3 failed."});
    object(&[
        ("taskId", says("The task.")),
        ("model", says("The model as it was asked for.")),
        ("state", one_of(&["waiting", "queuing", "generating", "success", "fail"], state)),
        ("param", says("What was asked, as JSON text; `input` in it is JSON text again.")),
        ("resultJson", says("The results as JSON text; empty until success.")),
        ("failCode", nullable_text("Digits or words, such as `501` or `SENSITIVE_WORD_ERROR`.")),
        ("failMsg", nullable_text("Why there is no film.")),
        ("costTime", or_null(whole("Whole seconds from create to end."))),
        ("completeTime", or_null(whole("Unix milliseconds."))),
        ("createTime", whole("Unix milliseconds.")),
        ("creditsConsumed?", number("What it cost; 0 until success and after a failure.")),
        ("operationType", says("The model again.")),
        ("response?", results()),
        ("successFlag", flag),
        ("paramJson", says("`param` again.")),
        (
            "late_film?",
            link("A film that came after the task had ended without one. Only filmgate has this key."),
        ),
    ])
}

fn results() -> Value {
    object(&[
        ("resultUrls", links("The film.")),
        ("resultWaterMarkUrls?", links("Sora: the film with its mark, beside a clean one.")),
        ("originUrls?", links("Veo, where the ratio is not 16:9: the film before it was turned.")),
        ("fullResultUrls?", links("After an extension: the joined film.")),
        ("character_id?", says("A character that was made, for `character_id_list` of later films.")),
        ("resultObject?", character()),
    ])
}

fn character() -> Value {
    object(&[
        ("character_id", says("The same character.")),
        ("character_user_name", says("As its client called it.")),
        ("remark", says("What it was made from.")),
    ])
}

fn veo_record() -> Value {
    let flag = json!({"type": "integer", "enum": [0, 1, 2, 3], "description": "0 running, 1 success, 2 and 3 failed."});
    let mut films = object(&[
        ("taskId", says("The task.")),
        ("resultUrls", links("The film.")),
        ("originUrls?", links("Where the ratio is not 16:9: the film before it was turned.")),
        ("fullResultUrls?", links("After an extension: the joined film.")),
        ("resolution?", says("`720p`, `1080p` or `4k`.")),
    ]);
    films["type"] = json!(["object", "null"]);
    object(&[
        ("taskId", says("The task.")),
        ("paramJson", says("What was asked, as JSON text.")),
        ("response", films),
        ("successFlag", flag),
        ("fallbackFlag", json!({"type": "boolean", "description": "Always false."})),
        ("completeTime", or_null(whole("Unix milliseconds, whole seconds."))),
        ("createTime", whole("Unix milliseconds, whole seconds.")),
        ("errorCode", or_null(whole("Why there is no film."))),
        ("errorMessage", or_null(says("The same for people; empty while all is well."))),
        (
            "late_film?",
            link("A film that came after the task had ended without one. Only filmgate has this key."),
        ),
    ])
}

fn finished() -> Value {
    let param = json!({"input": r#"{"prompt":"A cute cat playing in a sunny garden"}"#, "model": "sora-2-text-to-video"});
    let result = json!({"resultUrls": [FILM]});
    json!({
        "taskId": ID, "model": "sora-2-text-to-video", "state": "success", "param": param.to_string(),
        "resultJson": result.to_string(), "failCode": null, "failMsg": null, "costTime": 4,
        "completeTime": 1_795_374_004_210_i64, "createTime": 1_795_374_000_012_i64, "creditsConsumed": 30.0,
        "operationType": "sora-2-text-to-video", "response": result, "successFlag": 1, "paramJson": param.to_string(),
    })
}

fn veo_finished() -> Value {
    let param = json!({"prompt": "A red boat at sea", "model": "veo3_fast", "aspectRatio": "16:9"});
    json!({
        "taskId": ID, "paramJson": param.to_string(),
        "response": {"taskId": ID, "resultUrls": [FILM], "resolution": "720p"},
        "successFlag": 1, "fallbackFlag": false, "completeTime": 1_795_374_004_000_i64,
        "createTime": 1_795_374_000_000_i64, "errorCode": null, "errorMessage": "",
    })
}
