//! Webhook endpoints as the Python SDK manages them (recordings 216 to 223), and the events.

use filmgate_wire::form::Reading::{Lenient, Strict};
use filmgate_wire::openai::server::{
    CreateEndpoint, ENDPOINT_DELETED, EndpointResource, EventType, RotateSecret, TestEndpoint,
    UpdateEndpoint, encode_deleted, encode_event, encode_event_types, encode_list, encode_tested,
};

use super::json;

#[test]
fn an_endpoint_is_created_with_a_name_an_address_and_its_events() {
    let recorded = r#"{"event_types":["video.completed","video.failed"],"name":"h","url":"https://x/y"}"#;
    let create = CreateEndpoint::of(json(recorded), Strict).unwrap();
    assert_eq!((create.name.as_str(), create.url.as_str()), ("h", "https://x/y"));
    assert_eq!(create.event_types, [EventType::Completed, EventType::Failed]);
    for (body, words) in [
        (r#"{"url":"u","event_types":["video.failed"]}"#, "name is required"),
        (r#"{"name":"n","event_types":["video.failed"]}"#, "url is required"),
        (r#"{"name":"n","url":"u"}"#, "event_types is required"),
        (r#"{"name":"n","url":"u","event_types":[]}"#, "event_types must be at least one event type"),
        (
            r#"{"name":"n","url":"u","event_types":["batch.failed"]}"#,
            "event_types must be one of video.completed, video.failed, task.late",
        ),
    ] {
        assert_eq!(CreateEndpoint::of(json(body), Lenient).unwrap_err().to_string(), words, "{body}");
    }
}

#[test]
fn an_update_replaces_what_it_names() {
    let update =
        UpdateEndpoint::of(json(r#"{"event_types":["video.failed","video.failed"]}"#), Strict).unwrap();
    assert_eq!(
        update,
        UpdateEndpoint { event_types: Some(vec![EventType::Failed]), ..UpdateEndpoint::default() }
    );
}

#[test]
fn a_rotation_keeps_the_old_secret_only_if_it_is_asked_to() {
    let rotate = |body: &str| RotateSecret::of(json(body), Strict).unwrap().keeps_old;
    assert!(rotate(r#"{"keep_old_secret_active_for_24_hours":true}"#));
    assert!(!rotate("{}") && !rotate(""));
}

#[test]
fn a_test_names_one_event() {
    let test = TestEndpoint::of(json(r#"{"event_type":"video.completed"}"#), Strict).unwrap();
    assert_eq!(test.event_type, EventType::Completed);
    assert!(TestEndpoint::of(json(r#"{"event_type":"x"}"#), Lenient).is_err());
    assert_eq!(
        encode_tested("we_1", EventType::Completed, 204),
        r#"{"object":"webhook_endpoint.test","event_type":"video.completed","status_code":204,"success":true,"webhook_endpoint_id":"we_1"}"#
    );
}

#[test]
fn the_secret_is_shown_only_where_it_was_made() {
    let endpoint = EndpointResource {
        id: "we_1".to_owned(),
        created_at_s: 1,
        updated_at_s: 2,
        name: "h".to_owned(),
        url: "https://x/y".to_owned(),
        event_types: vec![EventType::Failed],
        signing_secret_hint: Some("whsec_…k3v9".to_owned()),
    };
    let shown = r#"{"id":"we_1","object":"webhook_endpoint","created_at":1,"updated_at":2,"name":"h","url":"https://x/y","event_types":["video.failed"],"signing_secret_hint":"whsec_…k3v9""#;
    assert_eq!(endpoint.encode(None), format!("{shown}}}"));
    assert_eq!(endpoint.encode(Some("whsec_x")), format!(r#"{shown},"signing_secret":"whsec_x"}}"#));
    let list = encode_list(&[endpoint], false);
    assert_eq!(
        list,
        format!(
            r#"{{"object":"list","data":[{shown}}}],"first_id":"we_1","last_id":"we_1","has_more":false}}"#
        )
    );
    assert!(encode_deleted("we_1", ENDPOINT_DELETED).contains(r#""object":"webhook_endpoint.deleted""#));
}

#[test]
fn an_event_names_the_film_and_nothing_else() {
    assert_eq!(
        encode_event("evt_1", 1_785_999_477, EventType::Failed, "video_1"),
        r#"{"id":"evt_1","object":"event","created_at":1785999477,"type":"video.failed","data":{"id":"video_1"}}"#
    );
    assert_eq!(
        encode_event_types(),
        r#"{"object":"list","data":["video.completed","video.failed","task.late"]}"#
    );
}
