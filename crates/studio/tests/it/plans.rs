//! What prompts are understood to mean: sixty of them as people type them, half English and half Chinese.

use filmgate_studio::ScenePlan;

/// A prompt, and the facts that its printed plan must hold, separated by semicolons. A fact is words that stand side by
/// side in one line of the plan; after `no` it is words that stand nowhere.
type Example = (&'static str, &'static str);

const ENGLISH: [Example; 41] = [
    ("A cup of tea on a wooden table, steam rising", "subject cup sit; place room"),
    (
        "Product shot of a perfume bottle, studio light, slow orbit",
        "subject bottle sit; place room; camera orbit",
    ),
    ("A birthday cake with candles", "subject cake sit; place room"),
    ("An old man in a rowing boat on a misty lake", "rowboat row; old man ride; place lake; weather fog"),
    ("A woman riding a white horse through a meadow", "subject white horse walk; woman ride; place meadow"),
    ("A man rides a bicycle through the park", "subject bicycle drive; man ride; place park"),
    ("Koi swimming in a garden pond", "subject koi swim; place pond"),
    ("A red vintage car on a coastal road", "subject red vintage car drive; place beach"),
    ("A yellow taxi and a bus in New York", "yellow taxi; bus; place city"),
    (
        "A cute cat playing in a sunny garden",
        "place garden; hour day; weather clear; subject cat play; mood joyful",
    ),
    (
        "A stylish woman walks down a Tokyo street filled with warm glowing neon and animated city signage. She wears a \
         long red dress and black boots, and carries a black purse.",
        "place city; hour night; subject red woman walk; no man",
    ),
    (
        "Several giant woolly mammoths approach, treading through a snowy meadow, snow-covered trees and dramatic \
         snow-capped mountains in the distance, mid-afternoon light with wispy clouds",
        "place snow; hour day; large; x3; walk; season winter",
    ),
    (
        "A movie trailer featuring the adventures of the 30 year old space man wearing a red wool knitted motorcycle \
         helmet, blue sky, salt desert, cinematic style, shot on 35mm film, vivid colors.",
        "place desert; hour day; weather clear; subject astronaut; no x3; no red; no car",
    ),
    (
        "Drone view of waves crashing against the rugged cliffs along Big Sur, the golden light of the setting sun \
         illuminates the rocky shore. A small island with a white lighthouse sits in the distance",
        "hour sunset; place sea; white castle",
    ),
    (
        "A close-up shot of a Victoria crowned pigeon showcasing its striking blue plumage and red chest",
        "subject blue bird; no red",
    ),
    (
        "Photorealistic closeup video of two pirate ships battling each other as they sail inside a cup of coffee",
        "subject ship x2 swim; place sea; mood tense",
    ),
    (
        "A young man in his 20s is sitting on a piece of cloud in the sky, reading a book",
        "subject man sit; place sky; no x2",
    ),
    (
        "The camera follows behind a white vintage SUV with a black roof rack as it speeds up a steep dirt road \
         surrounded by pine trees on a steep mountain slope, late afternoon, the sunlight shines on the SUV",
        "camera follow; subject white car drive; place mountain; hour day; no black",
    ),
    (
        "3D animation of a small, round, fluffy creature with big, expressive eyes exploring a vibrant, enchanted forest. \
         It is a whimsical blend of a rabbit and a squirrel.",
        "subject small rabbit walk; place forest; no large; no bear",
    ),
    (
        "Beautiful, snowy Tokyo city is bustling. The camera moves through the bustling city street, following several \
         people enjoying the snowy weather. Sakura petals are flying through the wind along with snowflakes.",
        "place city; weather snow; season winter; camera follow; subject man x3",
    ),
    (
        "A flock of paper airplanes flutters through a dense jungle, weaving around trees as if they were migrating birds",
        "plane x5 fly; place forest",
    ),
    (
        "A cinematic tracking shot of a red fox running through a snow-covered forest, golden hour, 35mm",
        "camera follow; subject red fox run; place forest; hour sunset; season winter",
    ),
    (
        "A quiet mountain lake at dawn, no people, mist over the water, slow pan left",
        "place lake; hour dawn; weather fog; camera pan left; no man; mood calm",
    ),
    (
        "An empty street at night without cars, wet after the storm, no rain",
        "place city; hour night; no car; no rain; no storm",
    ),
    (
        "Golden hour portrait of an elderly fisherman mending nets on a wooden boat, 85mm, shallow depth of field, handheld",
        "subject rowboat sit; old man ride; hour sunset; camera handheld; no meadow; no fish",
    ),
    (
        "Crane shot rising over a medieval castle at sunrise, fog in the valley, epic orchestral score",
        "camera crane; subject castle; hour dawn; weather fog; place mountain; mood tense; no bird",
    ),
    (
        "A black cat and a white dog running side by side along the beach at sunset",
        "black cat run; white dog run; place beach; hour sunset",
    ),
    (
        "A tiny astronaut riding a white horse on the moon",
        "subject small astronaut; white horse; place space",
    ),
    (
        "Macro shot of a blue butterfly landing on a sunflower, morning dew, soft bokeh",
        "blue butterfly; flower; hour dawn; no blue flower",
    ),
    (
        "Two children flying a yellow kite on a green hill, windy spring afternoon",
        "child x2; yellow kite fly; place meadow; season spring; hour day; no green",
    ),
    (
        "A steam train crossing a stone viaduct in the Scottish highlands, autumn leaves, overcast, pan right",
        "subject train drive; place mountain; season autumn; camera pan right",
    ),
    (
        "A hot air balloon drifting above Cappadocia, sunrise, the camera slowly pulls back",
        "subject balloon fly; place desert; hour dawn; camera zoom out",
    ),
    (
        "A lonely wolf howls at the full moon on a snowy cliff, mist swirling, ominous",
        "subject grey fox; hour night; place snow; weather fog; mood tense",
    ),
    (
        "A chef cooks noodles in a busy kitchen, handheld camera, warm light",
        "subject man; place room; camera handheld",
    ),
    (
        "Underwater shot of a sea turtle gliding over a coral reef, sun rays, no divers",
        "subject turtle swim; place underwater; no man",
    ),
    (
        "An owl perched on a branch in a moonlit forest with fireflies, static tripod shot",
        "owl sit; place forest; hour night; weather fireflies; camera static",
    ),
    (
        "A cup of coffee steaming on a wooden table by the window while it rains outside, cozy lo-fi mood",
        "place room; weather rain; mood calm; subject cup sit",
    ),
    (
        "A red vintage sports car speeding along a desert highway at noon, heat haze, low angle, depth of field",
        "subject red car drive; place desert; hour day; no fog",
    ),
    (
        "A futuristic spaceship descends through red dust on Mars. Tense thriller mood. The camera tilts up.",
        "subject spaceship; place desert; mood tense; camera tilt up; no red",
    ),
    (
        "Pink flamingos wading in a shallow lagoon, the camera orbits around them",
        "pink bird x3 walk; place lake; camera orbit",
    ),
    (
        "A knight on a brown horse, not a dragon, in front of a burning castle at dusk",
        "subject man; brown horse; castle; hour dusk; no dragon",
    ),
];

const CHINESE: [Example; 39] = [
    ("雨天的咖啡馆窗边，一杯热咖啡冒着热气", "subject cup sit; place room; weather rain"),
    ("一位老渔夫在湖上划船，薄雾", "rowboat row; old man ride; place lake; weather fog"),
    ("几条锦鲤在池塘里游动，特写", "subject koi x3 swim; place pond"),
    ("一个女人骑马穿过草原", "subject horse; woman ride; place meadow"),
    ("桌上的一束花和一本书", "vase sit; book sit; place room"),
    ("一辆复古汽车行驶在乡间小路上", "subject vintage car drive; place meadow"),
    ("有轨电车穿过老街", "subject tram drive; place city"),
    ("一只熊猫在雪山上", "subject panda; place snow; season winter; no x2"),
    (
        "电影感镜头，一位身穿红色连衣裙的年轻女子在东京街头漫步，霓虹灯倒映在湿漉漉的路面上，雨夜，跟拍，35mm",
        "subject red woman walk; place city; hour night; weather rain; camera follow",
    ),
    (
        "清晨的竹林，薄雾弥漫，没有人，镜头缓缓推近",
        "place forest; hour dawn; weather fog; camera zoom in; no man",
    ),
    (
        "航拍视角，云海之上的雪山，日出，金色阳光，镜头缓慢拉远",
        "place snow; hour dawn; camera zoom out; no subject",
    ),
    ("一只橘猫和一只黑狗在院子里追逐玩耍", "orange cat play; black dog play; place garden"),
    (
        "夕阳下，老渔夫坐在小船上钓鱼，湖面波光粼粼，画面宁静",
        "subject rowboat sit; old man ride; place lake; hour sunset; mood calm; no fish",
    ),
    ("三只小鸟在樱花树上唱歌，春天的早晨", "subject small bird x3; weather petals; season spring; hour dawn"),
    (
        "赛博朋克城市夜景，飞行汽车穿梭在高楼之间，镜头跟随",
        "subject car fly; place city; hour night; camera follow",
    ),
    ("宇航员骑着白马在月球上奔跑", "subject astronaut; white horse run; place space; no man"),
    ("水下镜头：一只海龟缓缓游过珊瑚礁，阳光穿透海水", "subject turtle swim; place underwater"),
    (
        "冬天，森林里的小木屋外大雪纷飞，窗内是温暖的灯光，固定镜头",
        "house; season winter; weather snow; place forest; camera static",
    ),
    (
        "一条金色的巨龙在暴风雨中的群山之间翱翔，史诗感",
        "subject golden loong fly; place mountain; weather storm; mood tense",
    ),
    (
        "小女孩在花海中奔跑，手里拿着红色气球，慢动作，逆光",
        "subject small child run; red balloon; place meadow",
    ),
    (
        "海边悬崖上的白色灯塔，海浪拍打礁石，黄昏，环绕拍摄",
        "white castle; place beach; hour sunset; camera orbit",
    ),
    (
        "一辆红色跑车在沿海公路上飞驰，无人机跟拍，晴天",
        "subject red car drive; camera follow; weather clear; place beach; no man",
    ),
    ("机器人在废弃的工厂里行走，手持镜头，气氛阴森", "subject robot walk; camera handheld; mood tense"),
    ("一群绵羊在绿色的山坡上吃草，牧羊犬在旁边奔跑", "sheep x4; dog run; place meadow; no green"),
    ("外婆在厨房里包饺子，窗外下着雪，温馨", "subject woman; place room; weather snow; mood calm"),
    (
        "夏夜，萤火虫在池塘边飞舞，青蛙蹲在荷叶上",
        "hour night; weather fireflies; place lake; season summer; green turtle sit",
    ),
    ("两个孩子在海滩上放风筝，微风，下午", "child x2; kite fly; place beach; hour day"),
    ("一杯咖啡放在窗边的木桌上，外面下着雨", "place room; weather rain; subject cup sit"),
    (
        "没有下雨，晴朗的草原上三匹黑马飞奔",
        "weather clear; subject black horse x3 run; place meadow; no rain",
    ),
    (
        "一列蒸汽火车穿过秋天的山谷，镜头右移",
        "subject train drive; season autumn; place mountain; camera pan right",
    ),
    (
        "热气球从草原上缓缓升起，清晨，镜头向左平移",
        "subject balloon fly; hour dawn; place meadow; camera pan left",
    ),
    ("古风少女撑着油纸伞走在江南小镇的石桥上，细雨", "subject woman walk; place pagoda; weather rain"),
    ("一只白色的北极熊站在浮冰上，极光在夜空中舞动", "subject white bear sit; place snow; hour night"),
    (
        "外星飞船降落在沙漠中，红色的沙尘，紧张气氛，镜头缓缓下降",
        "subject spaceship; place desert; mood tense; camera crane down; no red",
    ),
    ("空无一人的城市街道，黎明，路灯，静止镜头", "place city; hour dawn; camera static; no man; no subject"),
    ("一只戴着蓝色围巾的小狐狸在雪地里睡觉，特写", "subject small fox sleep; place snow; no blue"),
    ("不要人物，只有一片金黄色的麦田在风中摇曳，左移", "place meadow; camera pan left; no man; no subject"),
    (
        "一个三十岁的男人穿着黑色西装，牵着一条白色的狗在公园散步，日落",
        "black man; white dog; place park; hour sunset; no x3",
    ),
    ("孙悟空腾云驾雾飞过天空，云层翻涌", "subject man; place sky"),
];

/// The words of each line, without commas.
fn lines(plan: &ScenePlan) -> Vec<Vec<String>> {
    let text = plan.to_string().replace(',', "");
    text.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

fn holds(lines: &[Vec<String>], fact: &str) -> bool {
    let words: Vec<&str> = fact.split_whitespace().collect();
    lines.iter().any(|line| line.windows(words.len()).any(|window| window == words.as_slice()))
}

/// What a plan of this prompt lacks, for some seed: facts do not depend on chance.
fn broken((prompt, facts): &Example) -> Vec<String> {
    let mut broken = Vec::new();
    for seed in 0..6 {
        let plan = ScenePlan::from_prompt(prompt, seed);
        let lines = lines(&plan);
        for fact in facts.split("; ") {
            let kept = match fact.strip_prefix("no ") {
                Some(absent) => !holds(&lines, absent),
                None => holds(&lines, fact),
            };
            if !kept {
                broken.push(format!("\n{prompt}\n  seed {seed} lacks: {fact}\n{plan}"));
            }
        }
        if !broken.is_empty() {
            break;
        }
    }
    broken
}

#[test]
fn english_prompts_are_understood() {
    let broken: Vec<_> = ENGLISH.iter().flat_map(broken).collect();
    assert!(broken.is_empty(), "{}", broken.concat());
}

#[test]
fn chinese_prompts_are_understood() {
    let broken: Vec<_> = CHINESE.iter().flat_map(broken).collect();
    assert!(broken.is_empty(), "{}", broken.concat());
}

#[test]
fn a_plan_for_programs_says_what_the_printed_one_says() {
    let plan = ScenePlan::from_prompt("Two small red birds fly over a lake at dawn, pan left, peaceful", 1);
    let json = serde_json::to_value(&plan).expect("a plan is plain data");
    for (fact, value) in
        [("place", "lake"), ("hour", "dawn"), ("season", "summer"), ("mood", "calm"), ("camera", "pan_left")]
    {
        assert_eq!(json[fact], value, "{fact}");
    }
    assert!(plan.to_string().contains(json["palette"].as_str().expect("a palette has a name")));
    assert_eq!(
        json["subjects"],
        serde_json::json!([{ "kind": "bird", "action": "fly", "colour": "red", "size": "small", "count": 2 }])
    );
}
