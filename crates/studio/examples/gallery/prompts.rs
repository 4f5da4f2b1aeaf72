//! What the gallery shows: twelve prompts in English and twelve in Chinese, as people write them.

/// One film of the gallery.
pub(crate) struct Entry {
    /// Its sheet is `NAME.jpg`.
    pub(crate) name: &'static str,
    pub(crate) prompt: &'static str,
    /// Files in the gallery's folder.
    pub(crate) pictures: &'static [&'static str],
    pub(crate) size: (u32, u32),
}

const LYING: (u32, u32) = (1280, 720);
const UPRIGHT: (u32, u32) = (720, 1280);

const fn words(name: &'static str, prompt: &'static str) -> Entry {
    Entry { name, prompt, pictures: &[], size: LYING }
}

const fn from(pictures: &'static [&'static str], name: &'static str, prompt: &'static str) -> Entry {
    Entry { name, prompt, pictures, size: LYING }
}

/// More pictures than this are references, and not the first and the last frame.
pub(crate) const FRAMES_MAX: usize = 2;

pub(crate) const ENGLISH: [Entry; 12] = [
    words("cat", "A cute cat playing in a sunny garden"),
    Entry {
        size: UPRIGHT,
        ..words(
            "woman",
            "A cinematic tracking shot of a woman in a red dress walking through a rainy city street at night, \
             neon reflections, 35mm",
        )
    },
    words("whale", "A humpback whale gliding through the deep ocean, sunbeams from above, slow motion"),
    words("astronaut", "An astronaut walking on the moon, Earth rising behind, slow dolly in"),
    words("train", "A steam train crossing a river valley in autumn, crane shot rising"),
    words("ship", "A sailing ship in a storm at sea, heavy rain, dark clouds, handheld camera"),
    words("balloons", "Three colourful hot air balloons drifting over green hills at sunrise, aerial view"),
    words("fox", "A red fox running through a snowy forest at dawn, camera follows"),
    words("car", "A vintage car driving along a desert road at sunset, low tracking shot, warm light"),
    from(&["pictures/cat.jpg"], "picture-cat", "The cat looks around, the camera slowly zooms in"),
    from(&["pictures/sea.jpg"], "picture-sea", "Golden evening light on the waves, the camera pans right"),
    from(
        &["pictures/oranges.jpg", "pictures/lantern.jpg", "pictures/sea.jpg"],
        "pictures-evening",
        "A calm evening by the sea: a lantern, a table with oranges, waves",
    ),
];

pub(crate) const CHINESE: [Entry; 12] = [
    words("panda", "一只熊猫在雪山上打太极"),
    words("fisherman", "清晨薄雾中，一位老渔夫在湖上划船，镜头缓慢推近"),
    words("sports-car", "雨夜的城市街道，一辆红色跑车驶过，霓虹灯倒映在湿漉漉的路面上"),
    words("deer", "秋天的森林，一只小鹿在晨雾中行走，阳光穿过树叶"),
    words("dragon", "一条金色的巨龙在云海之上飞翔，夕阳，史诗感"),
    words("koi", "几条红色的锦鲤在清澈的池塘里游动，特写"),
    words("kite", "两个孩子在海边的沙滩上放风筝，夏天，阳光明媚"),
    words("coffee", "雨天的咖啡馆窗边，一杯热咖啡冒着热气，温馨，静态镜头"),
    words("horse", "一匹白马在草原上奔跑，黄昏，镜头跟随"),
    from(
        &["pictures/valley-day.jpg", "pictures/valley-night.jpg"],
        "pictures-valley",
        "山谷从白天慢慢变成星空下的夜晚，延时摄影",
    ),
    from(&["pictures/oranges.jpg"], "picture-oranges", "镜头环绕桌上的橙子，午后的阳光洒在木桌上"),
    Entry {
        size: UPRIGHT,
        ..from(&["pictures/lantern.jpg"], "picture-lantern", "夜色里的一盏灯笼，镜头慢慢推近")
    },
];
