//! Records, byte for byte in the live order of keys, and their tolerant reading.

use filmgate_wire::kie::{
    Credits, End, Envelope, Field, FieldValue, JobsRecord, Results, State, VeoFailure, VeoFilms, VeoRecord,
    VeoState, jobs_param, veo_param,
};

use crate::{envelope, golden};

const MODEL: &str = "sora-2-text-to-video";
const CREATE_TIME_MS: i64 = 1_777_539_190_339;

fn prompt(text: &str) -> (Field, FieldValue) {
    (Field::Prompt, FieldValue::Text(text.to_owned()))
}

fn job(state: State) -> JobsRecord {
    JobsRecord {
        task_id: "5f0c2d9e8b7a46139c1d2e3f4a5b6c7d".to_owned(),
        model: MODEL.to_owned(),
        param: jobs_param(MODEL, &[prompt("A fox")], Some("https://app.example/kie")),
        create_time_ms: CREATE_TIME_MS,
        state,
    }
}

fn veo(state: VeoState) -> VeoRecord {
    let fields = [prompt("A fox"), (Field::AspectRatio, FieldValue::Text("9:16".to_owned()))];
    VeoRecord {
        task_id: "a1b2c3d4e5f60718293a4b5c6d7e8f90".to_owned(),
        param_json: veo_param("veo3_fast", &fields, None),
        create_time_ms: 1_785_999_477_000,
        state,
    }
}

/// The state in a jobs record whose `data` is `data`; `None` where that is no record.
fn state_of(data: &str) -> Option<State> {
    let body = format!(r#"{{"code":200,"msg":"success","data":{data}}}"#);
    JobsRecord::parse(&Envelope::parse(body.as_bytes())?).map(|record| record.state)
}

/// The results in a record that is a success.
fn results_of(data: &str) -> Option<Results> {
    match state_of(data)? {
        State::Success { results, .. } => Some(results),
        _ => None,
    }
}

#[test]
fn a_waiting_record_has_nulls_an_empty_result_and_an_input_encoded_twice() {
    let fields = [prompt(r#"A "fox""#), (Field::NFrames, FieldValue::Text("10".to_owned()))];
    let record = JobsRecord { param: jobs_param(MODEL, &fields, None), ..job(State::Waiting) };
    assert_eq!(record.encode(), golden!("record_waiting"));
    assert_eq!(JobsRecord::parse(&envelope!("record_waiting")), Some(record));
}

#[test]
fn a_generating_record_differs_from_a_waiting_one_by_its_state_alone() {
    let record = job(State::Generating);
    assert_eq!(record.encode(), golden!("record_generating"));
    assert_eq!(JobsRecord::parse(&envelope!("record_generating")), Some(record.clone()));
    let waiting = job(State::Waiting).encode();
    assert_eq!(waiting, record.encode().replace(r#""state":"generating""#, r#""state":"waiting""#));
}

#[test]
fn a_successful_record_carries_its_results_as_text_and_as_an_object() {
    let results = Results {
        urls: vec!["https://gate.example/files/f.mp4".to_owned()],
        water_mark_urls: vec!["https://gate.example/files/w.mp4".to_owned()],
        ..Results::default()
    };
    let end = End::after(CREATE_TIME_MS, CREATE_TIME_MS + 187_800, Credits::from_thousandths(30_000));
    let record = job(State::Success { results, end });
    assert_eq!(record.encode(), golden!("record_success"));
    assert_eq!(JobsRecord::parse(&envelope!("record_success")), Some(record));
}

#[test]
fn an_extended_film_tells_its_whole_and_its_origin_too() {
    let results = Results {
        urls: vec!["r".to_owned()],
        origin_urls: vec!["o".to_owned()],
        full_urls: vec!["f".to_owned()],
        ..Results::default()
    };
    let end = End::after(CREATE_TIME_MS, CREATE_TIME_MS, Credits::ZERO);
    let record = job(State::Success { results, end });
    let body = record.encode();
    assert!(
        body.contains(r#""response":{"resultUrls":["r"],"originUrls":["o"],"fullResultUrls":["f"]}"#),
        "{body}"
    );
    assert_eq!(JobsRecord::parse(&Envelope::parse(body.as_bytes()).unwrap()), Some(record));
}

#[test]
fn a_failed_record_is_a_successful_query_with_a_code_in_a_string() {
    let record = job(State::Fail {
        code: Some("500".to_owned()),
        message: Some("internal error, please try again later.".to_owned()),
        end: End::after(CREATE_TIME_MS, CREATE_TIME_MS + 16_000, Credits::ZERO),
    });
    assert_eq!(record.encode(), golden!("record_fail"));
    assert_eq!(JobsRecord::parse(&envelope!("record_fail")), Some(record));
}

#[test]
fn a_record_of_april_2026_is_read_without_the_newer_keys() {
    let end =
        End { complete_time_ms: Some(1_777_539_238_339), cost_time_s: Some(48), credits_consumed: None };
    let results = Results { urls: vec!["https://tempfile.example/f.mp4".to_owned()], ..Results::default() };
    let record = job(State::Success { results, end });
    assert_eq!(JobsRecord::parse(&envelope!("record_success_2026_04")), Some(record));
}

#[test]
fn response_goes_before_result_json_and_either_will_do() {
    let text = r#""resultJson":"{\"resultUrls\":[\"text\"]}""#;
    let both = format!(r#"{{"state":"success","response":{{"resultUrls":["object"]}},{text}}}"#);
    assert_eq!(results_of(&both).unwrap().urls, ["object"]);
    for response in ["null", "{}", "\"\"", "[]", r#"{"resultUrls":[]}"#] {
        let data = format!(r#"{{"state":"success","response":{response},{text}}}"#);
        assert_eq!(results_of(&data).unwrap().urls, ["text"], "{data}");
    }
    let nested =
        r#"{"state":"success","resultJson":"{\"data\":{\"result_urls\":[\"4k\"],\"origin_urls\":[]}}"}"#;
    assert_eq!(results_of(nested).unwrap().urls, ["4k"]);
}

#[test]
fn a_success_whose_result_cannot_be_read_is_a_success_without_addresses() {
    for result in [r#""""#, r#""{""#, r#""null""#, "null", "7", r#""{\"resultUrls\":\"x\"}""#] {
        assert_eq!(
            results_of(&format!(r#"{{"state":"success","resultJson":{result}}}"#)).unwrap().urls,
            [""; 0],
            "{result}"
        );
    }
}

#[test]
fn a_character_is_read_from_both_places_where_it_was_seen() {
    for result in [r#"{\"character_id\":\"c\"}"#, r#"{\"resultObject\":{\"character_id\":\"c\"}}"#] {
        let results = results_of(&format!(r#"{{"state":"success","resultJson":"{result}"}}"#)).unwrap();
        assert_eq!(results.character_id.as_deref(), Some("c"));
    }
}

#[test]
fn an_unknown_state_is_running() {
    assert_eq!(state_of(r#"{"state":"queuing"}"#), Some(State::Queuing));
    for data in
        ["{}", r#"{"state":"polishing"}"#, r#"{"state":7}"#, r#"{"state":"polishing","successFlag":1}"#]
    {
        assert_eq!(state_of(data), Some(State::Generating), "{data}");
    }
}

#[test]
fn a_fail_code_may_be_a_number_and_an_empty_text_is_none() {
    let expected = State::Fail { code: Some("501".to_owned()), message: None, end: End::default() };
    assert_eq!(state_of(r#"{"state":"fail","failCode":501,"failMsg":""}"#), Some(expected));
}

#[test]
fn what_holds_no_record_is_none() {
    for data in ["null", "7", "[]", r#""x""#] {
        let body = format!(r#"{{"code":200,"msg":"success","data":{data}}}"#);
        let reply = Envelope::parse(body.as_bytes()).unwrap();
        assert_eq!(JobsRecord::parse(&reply), None, "{data}");
        assert_eq!(VeoRecord::parse(&reply), None, "{data}");
    }
}

#[test]
fn a_cost_time_is_in_seconds_to_the_nearest() {
    for (elapsed_ms, seconds) in [(48_000, 48), (187_800, 188), (400, 0), (500, 1), (0, 0)] {
        assert_eq!(
            End::after(1_000, 1_000 + elapsed_ms, Credits::ZERO).cost_time_s,
            Some(seconds),
            "{elapsed_ms}"
        );
    }
}

#[test]
fn a_running_veo_record_is_the_recorded_one() {
    let record = veo(VeoState::Generating);
    assert_eq!(record.encode(), golden!("veo_record_running"));
    assert_eq!(VeoRecord::parse(&envelope!("veo_record_running")), Some(record));
}

#[test]
fn veo_times_are_cut_to_the_second() {
    let record = VeoRecord { create_time_ms: 1_785_999_477_999, ..veo(VeoState::Generating) };
    assert_eq!(record.encode(), golden!("veo_record_running"));
}

#[test]
fn a_successful_veo_record_carries_its_films() {
    let films = VeoFilms {
        result_urls: vec!["https://gate.example/files/v.mp4".to_owned()],
        origin_urls: vec!["https://gate.example/files/o.mp4".to_owned()],
        full_result_urls: vec![],
        resolution: Some("720p".to_owned()),
    };
    let record = veo(VeoState::Success { films, complete_time_ms: Some(1_785_999_537_000) });
    assert_eq!(record.encode(), golden!("veo_record_success"));
    assert_eq!(VeoRecord::parse(&envelope!("veo_record_success")), Some(record));
}

#[test]
fn a_failed_veo_record_has_an_integer_code_and_one_of_two_flags() {
    let failed = |failure| {
        veo(VeoState::Fail {
            failure,
            code: Some(500),
            message: "internal error, please try again later.".to_owned(),
            complete_time_ms: Some(1_785_999_493_000),
        })
    };
    let record = failed(VeoFailure::Upstream);
    assert_eq!(record.encode(), golden!("veo_record_failed"));
    assert_eq!(VeoRecord::parse(&envelope!("veo_record_failed")), Some(record));
    let early = golden!("veo_record_failed").replace(r#""successFlag":3"#, r#""successFlag":2"#);
    let record = failed(VeoFailure::BeforeCompletion);
    assert_eq!(record.encode(), early);
    assert_eq!(VeoRecord::parse(&Envelope::parse(early.as_bytes()).unwrap()), Some(record));
}

#[test]
fn an_unknown_veo_flag_is_running() {
    for flag in ["4", "-1", "null", "\"1\""] {
        let body =
            format!(r#"{{"code":200,"data":{{"successFlag":{flag},"createTime":"2025-06-06 10:25:00"}}}}"#);
        let record = VeoRecord::parse(&Envelope::parse(body.as_bytes()).unwrap()).unwrap();
        assert_eq!((record.state, record.create_time_ms), (VeoState::Generating, 0), "{flag}");
    }
}
