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
        ("A panda sitting in the forest, zoom in", "熊猫坐着，在森林，镜头推近"),
        ("A red car driving in the city at night, pan left", "夜晚，红色汽车在城市行驶，左移"),
        ("a Chinese dragon flying over the mountain at sunset, follow", "龙在山上飞翔，夕阳，跟随"),
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
    assert_eq!(main_kind("calves and puppies"), Some(Kind::Cow));
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
fn a_colour_that_is_told_of_a_noun_is_its_colour() {
    let colours = |prompt: &str| {
        plan(prompt).subjects.iter().map(|it| (it.kind, it.colour.map(|c| c.0))).collect::<Vec<_>>()
    };
    let (red, black, white) = (Some(0xc83c32), Some(0x3a3840), Some(0xf2ece2));
    for (prompt, expected) in [
        ("The car is red and drives fast", vec![(Kind::Car, red)]),
        ("a cat and a black dog", vec![(Kind::Cat, None), (Kind::Dog, black)]),
        ("a cat with red eyes sleeps, a dog", vec![(Kind::Cat, None), (Kind::Dog, None)]),
        ("a cat with white fur on a red sofa", vec![(Kind::Cat, white)]),
        ("a woman in a red dress, a man in a black coat", vec![(Kind::Woman, red), (Kind::Man, black)]),
        ("红色的屋顶上，一只猫", vec![(Kind::Cat, None)]),
        ("穿红裙子的女人和穿黑衬衫的男人", vec![(Kind::Woman, red), (Kind::Man, black)]),
        ("戴红帽子的猫", vec![(Kind::Cat, None)]),
    ] {
        assert_eq!(colours(prompt), expected, "{prompt}");
    }
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
    for prompt in ["a whale in the ocean", "海里的鲸鱼"] {
        assert_eq!(plan(prompt).place, Place::Underwater, "{prompt}");
    }
    // Koi are seen from above, in fresh water.
    for prompt in ["a koi swimming in a pond", "锦鲤", "池塘里的锦鲤"] {
        assert_eq!(plan(prompt).place, Place::Pond, "{prompt}");
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

#[test]
fn camera_words_in_both_languages_name_the_same_moves() {
    for (camera, english, chinese) in [
        (Move::ZoomIn, "zoom in", "推近"),
        (Move::ZoomOut, "zoom out", "拉远"),
        (Move::PanLeft, "pan left", "左移"),
        (Move::PanRight, "pan right", "右移"),
        (Move::TiltUp, "tilt up", "上摇"),
        (Move::TiltDown, "tilt down", "下摇"),
        (Move::DollyIn, "dolly in", "向前推"),
        (Move::DollyOut, "dolly out", "后拉"),
        (Move::CraneUp, "crane up", "升降"),
        (Move::CraneDown, "the camera descends", "镜头缓缓下降"),
        (Move::Orbit, "the camera circles around her", "环绕"),
        (Move::Follow, "the camera follows him", "跟随"),
        (Move::Handheld, "handheld", "手持"),
        (Move::Static, "no camera movement", "固定机位"),
    ] {
        assert_eq!(plan(english).camera, camera, "{english}");
        assert_eq!(plan(chinese).camera, camera, "{chinese}");
    }
}

#[test]
fn what_moves_like_a_camera_need_not_be_one() {
    let rising = plan("a balloon rises over the lake, pan left");
    assert_eq!((rising.subjects[0].action, rising.camera), (Action::Fly, Move::PanLeft));
    let ducks = meanings_of("ducklings following a duck, an eagle circles above");
    assert!(ducks.iter().all(|meaning| !matches!(meaning, Meaning::Camera(_))), "{ducks:?}");
}

#[test]
fn what_is_not_to_be_seen_is_not_planned() {
    for prompt in [
        "a beach without people or dogs",
        "no cats, no dogs",
        "没有人的海滩",
        "街道，无人，没有车",
        "not a bird",
    ] {
        assert_eq!(plan(prompt).subjects, [], "{prompt}");
    }
    assert_eq!(main_kind("no dogs, but a cat"), Some(Kind::Cat));
    assert_eq!(main_kind("没有狗的公园里有一只猫"), Some(Kind::Cat));
}

#[test]
fn somebody_without_a_name_is_still_shown() {
    assert_eq!(main_kind("she dances alone"), Some(Kind::Woman));
    assert_eq!(main_kind("a fluffy creature hops along"), Some(Kind::Bear));
    assert_eq!(main_kind("a glorbnax walks through the forest"), Some(Kind::Fox));
    for prompt in ["clouds drifting over the mountains", "the smoke drifts away", "炊烟飘过村庄"] {
        assert_eq!(main_kind(prompt), None, "{prompt}");
    }
}

#[test]
fn a_character_looks_the_same_in_every_film() {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let looks: Vec<_> = ["a quiet lake", "雪山", "a city at night"]
        .into_iter()
        .zip(1_u64..)
        .map(|(prompt, seed)| ScenePlan::from_prompt(prompt, seed).with_characters(&ids(&["luna"])).subjects)
        .collect();
    assert!(looks.iter().all(|look| look.len() == 1 && look[0] == looks[0][0]), "{looks:?}");
    let colour = looks[0][0].colour;
    for prompt in ["a red fox in a forest", "a woman in a black coat walks by a house"] {
        let (named, cast) = (plan(prompt), plan(prompt).with_characters(&ids(&["luna"])));
        assert_eq!(cast.subjects[0], Subject { colour, ..named.subjects[0] }, "{prompt}");
        assert_eq!(cast.subjects[1..], named.subjects[1..], "{prompt}");
    }
    let two = plan("a cat at a house").with_characters(&ids(&["luna", "otto"])).subjects;
    assert_eq!((two[0].kind, two[0].colour, two.len()), (Kind::Cat, colour, 3));
    let kinds: Vec<_> = ["a", "b", "c", "d", "e", "f"]
        .map(|id| plan("a lake").with_characters(&ids(&[id])).subjects[0])
        .into_iter()
        .map(|look| (look.kind as u8, look.colour.map(|colour| colour.0)))
        .collect();
    assert!(kinds.iter().any(|kind| *kind != kinds[0]), "ids differ");
}

#[test]
fn every_place_hour_and_weather_has_a_palette() {
    use {Hour as H, Place as P, Weather as W};
    let places = [
        (P::Garden, "peach dawn|linen dawn"),
        (P::City, "violet hour|neon|copper skyline"),
        (P::Desert, "terracotta|bleached sand"),
        (P::Snow, "alpenglow|glacier noon|polar night|first snow"),
        (P::Beach, "lagoon|coral tide"),
        (P::Underwater, "sunlit deep|cobalt deep|amber shallows|midnight deep"),
        (P::Room, "lamplight"),
        (P::Space, "violet nebula|teal nebula"),
    ];
    for (place, expected) in places {
        let mut names = Vec::new();
        for hour in [H::Dawn, H::Day, H::Sunset, H::Dusk, H::Night] {
            for weather in [W::Clear, W::Rain, W::Snow, W::Fog, W::Storm, W::Petals] {
                let choose = |choice| Palette::choose(place, hour, weather, Season::Summer, choice).name;
                names.extend((0..6).map(choose));
            }
        }
        assert!(expected.split('|').all(|name| names.contains(&name)), "{place:?}: {names:?}");
    }
}
