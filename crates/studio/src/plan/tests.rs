//! What prompts are understood to mean.

use super::*;

fn plan(prompt: &str) -> ScenePlan {
    ScenePlan::from_prompt(prompt, 7)
}

fn main_kind(prompt: &str) -> Option<Kind> {
    plan(prompt).subjects.first().map(|subject| subject.kind)
}

#[test]
fn a_cat_in_a_sunny_garden_is_planned() {
    let plan = plan("A cute cat playing in a sunny garden");
    assert_eq!((plan.place, plan.hour, plan.weather), (Place::Garden, Hour::Day, Weather::Clear));
    let cat = Subject { kind: Kind::Cat, action: Action::Play, colour: None, size: Size::Usual, count: 1 };
    assert_eq!(plan.subjects, [cat]);
}

#[test]
fn a_chinese_prompt_is_planned_like_its_english_twin() {
    for (english, chinese) in [
        ("A cat playing in a sunny garden", "一只猫在阳光明媚的花园里玩耍"),
        ("A panda sitting in the forest, zoom in", "熊猫坐着，在森林，镜头推进"),
        ("A red car driving in the city at night, pan left", "夜晚，红色汽车在城市行驶，左移"),
        ("a dragon flying over the mountain at sunset, follow", "龙在山上飞翔，夕阳，跟随"),
        ("two birds flying at the seaside", "两只鸟在海边飞"),
    ] {
        assert_eq!(plan(english), plan(chinese), "{english} / {chinese}");
    }
}

#[test]
fn unknown_words_still_make_a_scene() {
    let plan = plan("zxqv blorp, quuxly");
    assert!(plan.subjects.is_empty());
    assert!(WILD.contains(&plan.place), "{:?}", plan.place);
}

#[test]
fn words_are_heard_whole() {
    assert_eq!(main_kind("a category of carpets and scary doges"), None);
    assert_eq!(main_kind("cats"), Some(Kind::Cat));
    assert_eq!(main_kind("wolves and puppies"), Some(Kind::Dog));
    assert_eq!(plan("a dog running").subjects[0].action, Action::Run);
    assert_eq!(plan("a girl dancing").subjects[0].action, Action::Dance);
}

#[test]
fn a_longer_chinese_word_wins_over_a_shorter_one_inside_it() {
    assert_eq!(main_kind("机器人"), Some(Kind::Robot));
    assert_eq!(main_kind("熊猫"), Some(Kind::Panda));
    assert_eq!(plan("花园").subjects, []);
}

#[test]
fn a_colour_belongs_to_the_noun_after_it() {
    let plan = plan("a blue bird and a red car");
    let colours: Vec<_> =
        plan.subjects.iter().map(|s| (s.kind, s.colour.map(|c| c.0 >> 16 > 0x80))).collect();
    assert_eq!(colours, [(Kind::Bird, Some(false)), (Kind::Car, Some(true))]);
}

#[test]
fn camera_phrases_are_understood() {
    for (prompt, camera) in [
        ("slowly zooms in", Move::ZoomIn),
        ("the camera pulls back", Move::ZoomOut),
        ("camera pans left", Move::PanLeft),
        ("pan to the right", Move::PanRight),
        ("tilts up", Move::TiltUp),
        ("tracking shot", Move::Follow),
        ("handheld", Move::Handheld),
        ("static shot", Move::Static),
        ("环绕拍摄", Move::Orbit),
        ("镜头拉远", Move::ZoomOut),
    ] {
        assert_eq!(plan(prompt).camera, camera, "{prompt}");
    }
}

#[test]
fn a_figure_without_a_place_is_at_home_in_its_own() {
    assert_eq!(plan("a whale").place, Place::Underwater);
    assert_eq!(plan("a penguin").place, Place::Snow);
    assert_eq!(plan("a rocket").place, Place::Space);
}

#[test]
fn who_swims_is_shown_in_the_water() {
    for prompt in ["a koi swimming in a pond", "a whale in the ocean", "海里的鲸鱼"] {
        assert_eq!(plan(prompt).place, Place::Underwater, "{prompt}");
    }
    assert_eq!(plan("a cat and a fish at the lake").place, Place::Lake);
    assert_eq!(plan("a dolphin jumping in the sea").place, Place::Sea);
}

#[test]
fn who_fishes_is_not_a_fish() {
    assert_eq!(main_kind("a fishing boat on a lake"), Some(Kind::Boat));
    for prompt in ["an old man fishing at a lake", "老人在湖边钓鱼"] {
        assert!(plan(prompt).subjects.iter().all(|subject| subject.kind != Kind::Fish), "{prompt}");
    }
}

#[test]
fn who_flies_a_kite_stays_on_the_ground() {
    let plan = plan("a child flying a kite on the beach");
    assert_eq!(plan.subjects[0].action, Action::Sit);
    assert_eq!((plan.subjects[1].kind, plan.subjects[1].action), (Kind::Kite, Action::Fly));
}

#[test]
fn the_same_prompt_and_seed_give_the_same_plan() {
    let prompt = "an unknown thing";
    assert_eq!(ScenePlan::from_prompt(prompt, 3), ScenePlan::from_prompt(prompt, 3));
    let places: Vec<_> = (0..20).map(|seed| ScenePlan::from_prompt(prompt, seed).place).collect();
    assert!(places.iter().any(|place| *place != places[0]), "the seed varies what the prompt leaves open");
}
