//! The views themselves: a sea at evening, oranges on a table, a lantern at night, a valley by day and by night.

pub(crate) type Rgb = [f32; 3];
type Vector = [f32; 3];

fn add(a: Vector, b: Vector) -> Vector {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn times(a: Vector, factor: f32) -> Vector {
    a.map(|part| part * factor)
}

fn dot(a: Vector, b: Vector) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn unit(a: Vector) -> Vector {
    times(a, 1.0 / dot(a, a).sqrt())
}

fn mix(a: Rgb, b: Rgb, part: f32) -> Rgb {
    let part = part.clamp(0.0, 1.0);
    add(times(a, 1.0 - part), times(b, part))
}

fn shaded(a: Rgb, light: Rgb) -> Rgb {
    [a[0] * light[0], a[1] * light[1], a[2] * light[2]]
}

fn smooth(from: f32, to: f32, value: f32) -> f32 {
    let part = ((value - from) / (to - from)).clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}

/// A number between 0 and 1 for each point of a grid.
fn hash(x: i32, y: i32) -> f32 {
    let mut bits = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x2c1b_3c6d);
    bits = (bits ^ (bits >> 12)).wrapping_mul(0x297a_2d39);
    (bits ^ (bits >> 15)) as f32 / u32::MAX as f32
}

fn noise(x: f32, y: f32) -> f32 {
    let (column, row) = (x.floor(), y.floor());
    let (across, down) = (smooth(0.0, 1.0, x - column), smooth(0.0, 1.0, y - row));
    let at = |dx, dy| hash(column as i32 + dx, row as i32 + dy);
    let above = at(0, 0) + (at(1, 0) - at(0, 0)) * across;
    let below = at(0, 1) + (at(1, 1) - at(0, 1)) * across;
    above + (below - above) * down
}

/// Noise in octaves, each turned a little, between 0 and 1.
fn cloudy(mut x: f32, mut y: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut most) = (0.0, 0.5, 0.0);
    for _ in 0..octaves {
        sum += weight * noise(x, y);
        most += weight;
        weight *= 0.5;
        (x, y) = (1.6 * x - 1.2 * y + 3.7, 1.2 * x + 1.6 * y + 1.3);
    }
    sum / most
}

/// A calm sea under the last sun.
pub(crate) fn sea(x: f32, y: f32) -> Rgb {
    let ray = unit([x, y - 0.12, 2.2]);
    if ray[1] > 0.0 {
        return evening(ray);
    }
    let far = 1.0 / (0.004 - ray[1]);
    let (across, away) = (ray[0] * far, ray[2] * far);
    let waves = |x: f32, z: f32| cloudy(x * 1.3, z * 2.6, 5) + 0.25 * cloudy(x * 7.0 + 9.0, z * 11.0, 3);
    let step = 0.01 + far * 0.004;
    let calm = 0.16 / (1.0 + far * 0.05);
    let slope =
        |dx, dz| (waves(across + dx, away + dz) - waves(across - dx, away - dz)) / (2.0 * step) * calm;
    let normal = unit([-slope(step, 0.0), 1.0, -slope(0.0, step)]);
    let back = add(ray, times(normal, -2.0 * dot(ray, normal)));
    let mirror = evening(unit([back[0], back[1].abs(), back[2]]));
    let grazing = 0.03 + 0.97 * (1.0 - dot(times(ray, -1.0), normal).clamp(0.0, 1.0)).powi(5);
    let deep = mix([0.010, 0.045, 0.060], [0.05, 0.13, 0.13], waves(across, away) - 0.4);
    mix(mix(deep, mirror, grazing), evening(unit([ray[0], 0.01, ray[2]])), smooth(30.0, 190.0, far) * 0.7)
}

fn evening(ray: Vector) -> Rgb {
    let to_sun = unit([0.28, 0.10, 1.0]);
    let near = dot(ray, to_sun).max(0.0);
    let height = ray[1].max(0.0);
    let mut sky = mix([1.0, 0.42, 0.16], [0.50, 0.33, 0.36], smooth(0.0, 0.16, height));
    sky = mix(sky, [0.12, 0.17, 0.34], smooth(0.08, 0.5, height));
    let (bank, over) = (ray[0] / (height + 0.12), 1.0 / (height + 0.12));
    let cloud = smooth(0.48, 0.72, cloudy(bank * 0.9 + 4.0, over * 1.9, 6)) * smooth(0.01, 0.09, height);
    let lit = mix([0.30, 0.16, 0.20], [1.3, 0.55, 0.24], near.powi(10));
    sky = mix(sky, lit, cloud * 0.85);
    let glow = add(times([1.2, 0.55, 0.18], near.powi(60) * 0.8), times([9.0, 6.0, 3.0], near.powi(4000)));
    add(sky, glow)
}

/// Three oranges and a shadow on a wooden table, light from a window on the left.
pub(crate) fn oranges(x: f32, y: f32) -> Rgb {
    const EYE: Vector = [0.0, 1.75, -4.4];
    let ray = unit([x * 0.42 - 0.02, y * 0.42 - 0.30, 1.0]);
    let to_light = unit([-0.8, 0.85, -0.45]);
    let hit = FRUIT.iter().filter_map(|ball| Some((meet(EYE, ray, *ball)?, *ball)));
    if let Some((far, ball)) = hit.min_by(|a, b| a.0.total_cmp(&b.0)) {
        return peel(add(EYE, times(ray, far)), ray, ball, to_light);
    }
    let far = -EYE[1] / ray[1].min(-1e-4);
    let at = add(EYE, times(ray, far));
    let wall = mix([0.16, 0.12, 0.09], [0.75, 0.58, 0.40], smooth(1.6, -1.4, x) * smooth(-1.2, 1.4, y));
    let wall = add(wall, times([0.5, 0.42, 0.3], window(x, y)));
    if ray[1] > -1e-3 || at[2] > 5.0 {
        return wall;
    }
    let ring = cloudy(at[0] * 0.7, at[2] * 5.0, 5) * 7.0 + at[2] * 1.5;
    let grain = 0.65 + 0.35 * (ring - ring.floor()) * cloudy(at[0] * 3.0, at[2] * 40.0, 3);
    let wood = mix([0.16, 0.075, 0.035], [0.46, 0.25, 0.12], grain);
    let light =
        add(times([1.25, 1.05, 0.80], sunlight(at, to_light)), times([0.16, 0.18, 0.22], shelter(at)));
    let gloss = shaded([0.05; 3], wall);
    mix(add(shaded(wood, light), gloss), wall, smooth(1.5, 5.0, at[2]))
}

/// Middle and radius.
const FRUIT: [(Vector, f32); 3] =
    [([-0.62, 0.52, 0.15], 0.52), ([0.50, 0.47, 0.45], 0.47), ([0.18, 0.41, -0.62], 0.41)];

/// How far along the ray the ball is met.
fn meet(eye: Vector, ray: Vector, (middle, radius): (Vector, f32)) -> Option<f32> {
    let to = add(eye, times(middle, -1.0));
    let along = dot(to, ray);
    let inside = along * along - dot(to, to) + radius * radius;
    let far = -along - inside.max(0.0).sqrt();
    (inside > 0.0 && far > 1e-3).then_some(far)
}

/// How much of the window a point sees: many rays into a wide light give soft shadows.
fn sunlight(at: Vector, to_light: Vector) -> f32 {
    let seen = (0..24_u8).filter(|number| {
        let turn = f32::from(*number) * 2.4;
        let wide = 0.17 * (f32::from(*number) / 24.0).sqrt();
        let ray = unit(add(to_light, [turn.cos() * wide, turn.sin() * wide, -turn.cos() * wide]));
        !FRUIT.iter().any(|ball| meet(at, ray, *ball).is_some())
    });
    seen.count() as f32 / 24.0 * to_light[1]
}

/// Less of the room's light comes to where a ball stands close by.
fn shelter(at: Vector) -> f32 {
    let near = |(middle, radius): &(Vector, f32)| {
        let to = add(at, times(*middle, -1.0));
        1.0 - 0.75 * (radius * radius / dot(to, to)).min(1.0)
    };
    FRUIT.iter().map(near).product()
}

fn peel(at: Vector, ray: Vector, (middle, radius): (Vector, f32), to_light: Vector) -> Rgb {
    let round = times(add(at, times(middle, -1.0)), 1.0 / radius);
    let pore = |d: f32| {
        noise(round[0].atan2(round[2] + d) * 22.0, (round[1] + d) * 26.0)
            + noise(round[0] * 40.0, round[1] * 40.0)
    };
    let bump = (pore(0.02) - pore(-0.02)) * 0.10;
    let normal = unit(add(round, [bump, bump * 0.7, -bump]));
    let direct = dot(normal, to_light);
    let half = unit(add(to_light, times(ray, -1.0)));
    let shine = dot(normal, half).max(0.0).powi(38) * 0.55;
    let skin = mix(
        [0.80, 0.17, 0.008],
        [0.88, 0.27, 0.02],
        cloudy(round[0] * 3.0 + middle[0] * 9.0, round[1] * 3.0, 4),
    );
    let open = if direct > 0.0 { sunlight(add(at, times(round, 0.01)), to_light) / to_light[1] } else { 0.0 };
    let sky = 0.22 + 0.16 * normal[1];
    let bounced = times([0.30, 0.15, 0.06], (0.5 - 0.5 * normal[1]) * smooth(0.0, 0.7, at[1] + 0.25));
    let through = times([0.25, 0.06, 0.0], smooth(-0.35, 0.25, direct));
    let light =
        add(times([1.45, 1.22, 0.95], direct.max(0.0) * open), add([sky * 0.9, sky, sky * 1.15], bounced));
    let stalk = smooth(0.97, 0.985, dot(normal, unit([0.15, 1.0, -0.25])));
    let skin = mix(skin, [0.12, 0.16, 0.03], stalk);
    add(add(shaded(skin, light), shaded(through, skin)), times([1.0, 0.95, 0.85], shine * open))
}

/// The window's light on the wall behind, out of focus.
fn window(x: f32, y: f32) -> f32 {
    let (across, up) = ((x + 0.9 + y * 0.25) / 0.5, (y - 0.55) / 0.42);
    let bars = 1.0 - 0.7 * smooth(0.16, 0.0, across.abs()).max(smooth(0.16, 0.0, up.abs()));
    bars * smooth(1.2, 0.8, across.abs()) * smooth(1.25, 0.85, up.abs())
}

/// A paper lantern in front of a street's lights, far out of focus.
pub(crate) fn lantern(x: f32, y: f32) -> Rgb {
    let mut light = mix([0.012, 0.014, 0.035], [0.05, 0.03, 0.05], smooth(0.9, -0.9, y));
    for number in 0..46 {
        let part = |salt| hash(number, salt);
        let (across, up) = (part(1) * 1.5 - 0.75, (part(2) + part(3)) * 0.75 - 0.95);
        let size = 0.045 + 0.06 * part(4);
        let away = ((x - across).powi(2) + (y - up).powi(2)).sqrt();
        let disc = smooth(size, size * 0.9, away) * (0.65 + 0.35 * smooth(size * 0.5, size, away));
        let hue = mix([1.0, 0.48, 0.12], [0.95, 0.20, 0.16], part(5));
        let hue = if part(6) > 0.8 { [0.25, 0.55, 0.80] } else { hue };
        light = add(light, times(hue, disc * (0.08 + 0.35 * part(7))));
    }
    let (across, up) = (x / 0.36, (y - 0.18) / 0.40);
    let halo = (-(across * across + up * up) * 0.35).exp();
    light = add(light, times([0.55, 0.20, 0.05], halo * 0.5));
    let string = smooth(0.007, 0.003, (x - 0.004 * (y * 9.0).sin()).abs()) * smooth(0.5, 0.6, y);
    light = mix(light, [0.02, 0.012, 0.01], string);
    let round = across * across + up.abs().powf(2.6);
    let paper = smooth(1.0, 0.985, round);
    light = mix(light, glowing_paper(across, up, round), paper);
    for (low, high, wide) in [(0.555, 0.625, 0.15), (-0.265, -0.195, 0.15)] {
        let rim =
            smooth(wide, wide - 0.006, x.abs()) * smooth(low, low + 0.006, y) * smooth(high, high - 0.006, y);
        let shine = 0.05 + 0.12 * smooth(0.15, 0.0, (x + 0.05).abs());
        light = mix(light, [shine, shine * 0.55, shine * 0.2], rim);
    }
    let sway = 0.02 * ((y + 0.25) * 6.0).sin();
    let threads = 0.55 + 0.45 * (x * 260.0).sin();
    let tassel = smooth(0.05, 0.045, (x - sway).abs()) * smooth(-0.27, -0.28, y) * smooth(-0.72, -0.66, y);
    mix(light, times([0.55, 0.09, 0.04], 0.25 + 0.75 * threads * smooth(-0.9, -0.2, y)), tassel)
}

/// Lit from inside: brightest in front of the flame, darker at each bamboo rib and towards the edge.
fn glowing_paper(across: f32, up: f32, round: f32) -> Rgb {
    let rib = (up * 8.5 + 0.35 * across * across * up).sin().abs();
    let flame = (-(across * across * 1.1 + (up + 0.25).powi(2) * 1.8)).exp();
    let fibre = 0.9 + 0.2 * cloudy(across * 14.0, up * 30.0, 4);
    let bright = (0.30 + 1.5 * flame)
        * (0.72 + 0.28 * smooth(0.0, 0.35, rib))
        * fibre
        * (1.0 - 0.45 * round.min(1.0).powi(3));
    mix([0.62, 0.06, 0.02], [1.5, 0.62, 0.16], flame).map(|channel| channel * bright)
}

/// A valley with a lake under a clear sky.
pub(crate) fn valley_by_day(x: f32, y: f32) -> Rgb {
    valley(x, y, &DAY)
}

/// The same valley under the stars.
pub(crate) fn valley_by_night(x: f32, y: f32) -> Rgb {
    valley(x, y, &NIGHT)
}

struct Hour {
    to_light: Vector,
    light: Rgb,
    air: Rgb,
    zenith: Rgb,
    stars: f32,
}

const DAY: Hour = Hour {
    to_light: [-0.62, 0.46, 0.10],
    light: [1.9, 1.6, 1.2],
    air: [0.55, 0.66, 0.80],
    zenith: [0.13, 0.30, 0.62],
    stars: 0.0,
};

const NIGHT: Hour = Hour {
    to_light: [0.55, 0.50, -0.10],
    light: [0.13, 0.16, 0.24],
    air: [0.030, 0.045, 0.085],
    zenith: [0.006, 0.010, 0.030],
    stars: 1.0,
};

const LAKE: f32 = 0.30;

fn ground(x: f32, z: f32, octaves: u32) -> f32 {
    let walls = smooth(0.4, 4.2, (x - 0.35 * (z * 0.35).sin()).abs());
    let ridges = 1.0 - (cloudy(x * 0.42 + 11.0, z * 0.42 + 2.0, octaves) * 2.0 - 1.0).abs();
    0.12 + 0.35 * cloudy(x * 0.8, z * 0.8 + 5.0, octaves.min(5))
        + walls * ridges * ridges * 2.3
        + smooth(9.0, 17.0, z) * ridges * 2.4
}

fn valley(x: f32, y: f32, hour: &Hour) -> Rgb {
    const EYE: Vector = [0.1, 1.25, -2.6];
    let ray = unit([x, y - 0.16, 1.9]);
    match march(EYE, ray) {
        None => sky(ray, hour),
        Some((at, far)) if at[1] <= LAKE + 1e-3 => {
            let step = 0.05;
            let ripple = |dx, dz| (cloudy(at[0] * 9.0 + dx, at[2] * 5.0 + dz, 3) - 0.5) * 0.05;
            let back = unit([ray[0] + ripple(0.0, 0.0), -ray[1] + ripple(step, 7.0).abs() * 0.4, ray[2]]);
            let mirror = match march(add(at, [0.0, 0.01, 0.0]), back) {
                Some((land, way)) => land_colour(land, way, hour),
                None => sky(back, hour),
            };
            let water = mix(shaded([0.02, 0.06, 0.07], hour.air.map(|part| part * 1.6)), mirror, 0.72);
            haze(water, far, ray, hour)
        }
        Some((at, far)) => haze(land_colour(at, far, hour), far, ray, hour),
    }
}

/// Where the ray meets the ground or the lake, and how far that is.
fn march(eye: Vector, ray: Vector) -> Option<(Vector, f32)> {
    let (mut far, mut last) = (0.05_f32, 0.0);
    while far < 26.0 {
        let at = add(eye, times(ray, far));
        let above = at[1] - ground(at[0], at[2], 6).max(LAKE);
        if above < 0.0 {
            let (mut near, mut beyond) = (last, far);
            for _ in 0..7 {
                let middle = f32::midpoint(near, beyond);
                let at = add(eye, times(ray, middle));
                if at[1] < ground(at[0], at[2], 6).max(LAKE) { beyond = middle } else { near = middle }
            }
            let at = add(eye, times(ray, beyond));
            return Some((at, beyond));
        }
        if at[1] > 4.2 && ray[1] > 0.0 {
            return None;
        }
        last = far;
        far += 0.012 + above * 0.30 + far * 0.003;
    }
    None
}

fn land_colour(at: Vector, far: f32, hour: &Hour) -> Rgb {
    let step = 0.004 + far * 0.0022;
    let slope = |dx: f32, dz: f32| {
        (ground(at[0] + dx, at[2] + dz, 9) - ground(at[0] - dx, at[2] - dz, 9)) / (2.0 * step)
    };
    let normal = unit([-slope(step, 0.0), 1.0, -slope(0.0, step)]);
    let to_light = unit(hour.to_light);
    let patch = cloudy(at[0] * 6.0, at[2] * 6.0, 5);
    let rock = mix([0.16, 0.14, 0.13], [0.30, 0.27, 0.24], patch);
    let grass = mix([0.055, 0.085, 0.020], [0.16, 0.17, 0.045], patch);
    let wood = mix([0.018, 0.035, 0.016], [0.045, 0.065, 0.022], cloudy(at[0] * 30.0, at[2] * 30.0, 3));
    let green = mix(grass, wood, smooth(0.45, 0.60, cloudy(at[0] * 1.4, at[2] * 1.4 + 8.0, 5)));
    let mut colour = mix(rock, green, smooth(0.55, 0.80, normal[1]));
    colour = mix(colour, rock, smooth(1.2, 1.7, at[1] + patch * 0.5));
    let snow = smooth(1.75, 2.15, at[1] + patch * 0.6) * smooth(0.35, 0.62, normal[1]);
    colour = mix(colour, [0.82, 0.86, 0.92], snow);
    colour = mix(colour, [0.26, 0.23, 0.17], smooth(LAKE + 0.04, LAKE + 0.01, at[1]));
    let open = if march(add(at, times(normal, 0.02 + far * 0.002)), to_light).is_some() { 0.12 } else { 1.0 };
    let direct = dot(normal, to_light).max(0.0) * open;
    let around = add(times(hour.air, 0.42 + 0.25 * normal[1]), times(hour.zenith, 0.3));
    shaded(colour, add(times(hour.light, direct), around))
}

fn haze(colour: Rgb, far: f32, ray: Vector, hour: &Hour) -> Rgb {
    let towards = dot(ray, unit(hour.to_light)).max(0.0).powi(4);
    let air = mix(hour.air, hour.light.map(|part| part * 0.5), towards * 0.5);
    mix(colour, air, 1.0 - (-far * far * 0.0045).exp())
}

fn sky(ray: Vector, hour: &Hour) -> Rgb {
    let height = ray[1].max(0.0);
    let mut sky = mix(hour.air, hour.zenith, smooth(0.0, 0.5, height).sqrt());
    let cover = smooth(0.50, 0.80, cloudy(ray[0] / (height + 0.25) * 1.1 + 2.0, 1.9 / (height + 0.25), 6));
    sky =
        mix(sky, add(times(hour.light, 0.42), times(hour.air, 0.25)), cover * 0.7 * (1.0 - 0.8 * hour.stars));
    let (across, up) = (ray[0] / ray[2] * 150.0, ray[1] / ray[2] * 150.0);
    let cell = hash(across.floor() as i32 + 500, up.floor() as i32);
    let (dx, dy) = (across - across.floor() - 0.5, up - up.floor() - 0.5);
    let star = smooth(0.975, 1.0, cell).powi(3) * smooth(0.36, 0.0, (dx * dx + dy * dy).sqrt());
    let band =
        cloudy(ray[0] * 5.0 + 3.0, ray[1] * 5.0, 6) * (-((ray[0] * 0.8 - ray[1] + 0.22) * 5.0).powi(2)).exp();
    let way = add(
        times([0.9, 0.95, 1.1], star * 1.4 * smooth(0.02, 0.2, height)),
        times([0.05, 0.05, 0.075], band),
    );
    add(sky, times(way, hour.stars))
}
