//! The seeded simulation: real workers and a real store under a manual clock, a scripted upstream, crashes between any
//! two moves, zombies that come back, and an auditor after every move.

mod auditor;
mod upstream;
mod world;

use world::World;

/// `cargo xtask sim --seeds N` takes more.
fn seeds() -> u64 {
    std::env::var("FILMGATE_SIM_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(12)
}

/// One seed alone, to replay a failure: `FILMGATE_SIM_SEED=17 cargo test -p filmgate --test it sim::`.
fn only() -> Option<u64> {
    std::env::var("FILMGATE_SIM_SEED").ok().and_then(|seed| seed.parse().ok())
}

#[test]
fn no_invariant_breaks_under_crashes_zombies_and_cancels() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let all: Vec<u64> = only().map_or_else(|| (0..seeds()).collect(), |seed| vec![seed]);
    let mut ended = 0;
    for seed in all {
        // Told before the run, so that a failure names its seed.
        println!("seed {seed}; replay with FILMGATE_SIM_SEED={seed}");
        ended += runtime.block_on(World::new(seed).live(150));
    }
    assert!(ended > 0, "no task ended in the whole simulation");
}

#[test]
fn one_seed_lives_one_life() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let life = |seed| {
        let mut world = World::new(seed);
        runtime.block_on(world.live(80));
        world.chronicle
    };
    assert_eq!(life(4711), life(4711));
    assert_ne!(life(4711), life(4712));
}
