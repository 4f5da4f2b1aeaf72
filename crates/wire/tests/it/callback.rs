//! The bodies that are posted to a callback address, byte for byte, and that our own client understands them.

use filmgate_wire::kie::veo::larger::LargeFilm;
use filmgate_wire::kie::{
    Credits, End, Envelope, JobsRecord, Results, State, VeoFailure, VeoFilms, VeoRecord, VeoState,
    called_back, encode_4k_callback, encode_4k_failure, encode_callback, encode_progress,
    encode_veo_callback,
};
use serde_json::Value;

use crate::golden;

fn job(state: State) -> JobsRecord {
    JobsRecord {
        task_id: "5f0c2d9e8b7a46139c1d2e3f4a5b6c7d".to_owned(),
        model: "sora-2-text-to-video".to_owned(),
        param: r#"{"input":"{}"}"#.to_owned(),
        create_time_ms: 1_777_539_190_339,
        state,
    }
}

fn veo(state: VeoState) -> VeoRecord {
    VeoRecord {
        task_id: "a1b2c3d4e5f60718293a4b5c6d7e8f90".to_owned(),
        param_json: "{}".to_owned(),
        create_time_ms: 1,
        state,
    }
}

fn success() -> State {
    State::Success {
        results: Results { urls: vec!["https://tempfile.example/f.mp4".to_owned()], ..Results::default() },
        end: End::after(1_777_539_190_339, 1_777_539_378_139, Credits::from_thousandths(30_000)),
    }
}

fn failure() -> State {
    State::Fail {
        code: Some("500".to_owned()),
        message: Some("no".to_owned()),
        end: End::after(1_777_539_190_339, 1_777_539_206_339, Credits::ZERO),
    }
}

#[test]
fn a_success_of_the_jobs_family_is_told_as_the_service_tells_it() {
    assert_eq!(encode_callback(&job(success()), None).as_deref(), Some(golden!("called_back_jobs")));
}

#[test]
fn a_failure_of_the_jobs_family_has_code_501_and_no_results() {
    let body = encode_callback(&job(failure()), None).unwrap();
    assert_eq!(
        body,
        r#"{"code":501,"msg":"Playground task failed.","data":{"taskId":"5f0c2d9e8b7a46139c1d2e3f4a5b6c7d","model":"sora-2-text-to-video","state":"fail","param":"{\"input\":\"{}\"}","resultJson":null,"failCode":"500","failMsg":"no","costTime":16,"completeTime":1777539206339,"createTime":1777539190339,"updateTime":1777539206339,"creditsConsumed":0.0}}"#
    );
    let late = encode_callback(&job(failure()), Some("https://gate.example/files/f.mp4")).unwrap();
    assert!(
        late.ends_with(r#""creditsConsumed":0.0,"late_film":"https://gate.example/files/f.mp4"}}"#),
        "{late}"
    );
}

#[test]
fn nothing_is_called_back_before_the_end() {
    for state in [State::Waiting, State::Queuing, State::Generating] {
        assert!(!job(state.clone()).is_over());
        assert_eq!(encode_callback(&job(state), None), None);
    }
    assert!(job(success()).is_over() && job(failure()).is_over());
    assert_eq!(encode_veo_callback(&veo(VeoState::Generating), None), None);
}

#[test]
fn progress_is_a_record_of_a_running_task_with_its_percentage() {
    let body = encode_progress(&job(State::Waiting), 140);
    let value: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&value["code"], &value["data"]["state"]), (&200.into(), &"generating".into()));
    assert_eq!((&value["data"]["progress"], &value["data"]["resultJson"]), (&100.into(), &Value::Null));
    let envelope = Envelope::parse(body.as_bytes()).unwrap();
    assert_eq!(JobsRecord::parse(&envelope).unwrap().state, State::Generating);
}

#[test]
fn a_success_of_veo_holds_its_films_under_info() {
    let films = VeoFilms {
        result_urls: vec!["https://file.example/v.mp4".to_owned()],
        resolution: Some("1080p".to_owned()),
        ..VeoFilms::default()
    };
    let body = |films| {
        encode_veo_callback(&veo(VeoState::Success { films, complete_time_ms: Some(2) }), None).unwrap()
    };
    assert_eq!(body(films.clone()), golden!("called_back_veo"));
    let extended = body(VeoFilms { full_result_urls: vec!["whole".to_owned()], ..films });
    assert!(
        extended.contains(r#""originUrls":[],"fullResultUrls":["whole"],"resolution":"1080p""#),
        "{extended}"
    );
}

#[test]
fn a_failure_of_veo_has_its_own_code_and_words() {
    let body = |code| {
        let message = "Internal Error - Timeout".to_owned();
        let failure = VeoFailure::Upstream;
        encode_veo_callback(&veo(VeoState::Fail { failure, code, message, complete_time_ms: None }), None)
            .unwrap()
    };
    let expected = |code| {
        format!(
            r#"{{"code":{code},"msg":"Internal Error - Timeout","data":{{"taskId":"a1b2c3d4e5f60718293a4b5c6d7e8f90","fallbackFlag":false}}}}"#
        )
    };
    for (code, told) in [(Some(400), 400), (Some(500), 500), (Some(200), 501), (None, 501)] {
        assert_eq!(body(code), expected(told));
    }
}

#[test]
fn a_4k_film_is_told_with_its_pictures() {
    let film = LargeFilm { result_urls: vec!["u".to_owned()], image_urls: vec!["p".to_owned()] };
    assert_eq!(
        encode_4k_callback("t", &film),
        r#"{"code":200,"msg":"4K video generated successfully.","data":{"taskId":"t","info":{"resultUrls":["u"],"imageUrls":["p"]}}}"#
    );
    assert_eq!(encode_4k_failure("t", "no"), r#"{"code":500,"msg":"no","data":{"taskId":"t"}}"#);
}

#[test]
fn every_callback_of_ours_names_its_task_to_our_own_client() {
    let films = VeoFilms::default();
    let bodies = [
        encode_callback(&job(success()), None).unwrap(),
        encode_callback(&job(failure()), Some("u")).unwrap(),
        encode_progress(&job(State::Generating), 5),
        encode_veo_callback(&veo(VeoState::Success { films, complete_time_ms: None }), None).unwrap(),
        encode_4k_callback("a1", &LargeFilm::default()),
        encode_4k_failure("a1", "no"),
    ];
    for body in bodies {
        let task = called_back(body.as_bytes()).unwrap();
        assert!(task.starts_with("5f0c") || task.starts_with("a1"), "{body}");
    }
}
