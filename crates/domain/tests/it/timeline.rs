//! Timelines: whoever has read one finds it again at the beginning of every later one.

use filmgate_domain::answer::{Cause, Evidence, Reading};
use filmgate_domain::case::Case;
use filmgate_domain::credits::Credits;
use filmgate_domain::time::Timestamp;
use filmgate_domain::timeline::{MomentKind, Told, timeline};
use filmgate_domain::work::Known;

use crate::desk::{Desk, accepted, refused, unknown};
use crate::walk::Chance;

/// What a reader finds at some time.
struct Reader {
    told: Vec<Told>,
    /// What he was shown last, without the words: those of an end say what may still come of a doubt.
    shown: Vec<(Timestamp, MomentKind, Option<String>)>,
}

impl Reader {
    fn reads(&mut self, case: &Case, known: &[Known], seed: u64) {
        let moments = timeline(case, known, &self.told).into_iter();
        let now: Vec<_> = moments.map(|moment| (moment.at, moment.kind, moment.upstream)).collect();
        assert!(now.starts_with(&self.shown), "seed {seed}: {:?} became {now:?}", self.shown);
        self.shown = now;
    }
}

/// A task that goes to one or two upstreams and ends, read after every step.
fn made(chance: &mut Chance, reader: &mut Reader, seed: u64) -> Desk {
    let mut desk = Desk::new(&["kie", "engine"]);
    reader.reads(&desk.case, &desk.known, seed);
    if chance.below(2) == 0 {
        desk.pass(1 + i64::try_from(chance.below(9_000)).unwrap());
        desk.submit(refused(Cause::Unsupported));
        reader.reads(&desk.case, &desk.known, seed);
    }
    desk.pass(1 + i64::try_from(chance.below(9_000)).unwrap());
    desk.submit(accepted("job"));
    reader.reads(&desk.case, &desk.known, seed);
    let awaited = desk.case.awaited().unwrap().number;
    for _ in 0..chance.below(3) {
        desk.pass(1);
        desk.learn(awaited, Evidence::Read(Reading::Missing));
        reader.reads(&desk.case, &desk.known, seed);
    }
    desk.pass(1);
    desk.deliver(awaited, None);
    reader.reads(&desk.case, &desk.known, seed);
    desk
}

#[test]
fn a_timeline_of_more_facts_begins_with_that_of_fewer() {
    for seed in 1..=300 {
        let mut chance = Chance(seed);
        let mut reader = Reader { told: vec![], shown: vec![] };
        let mut desk = made(&mut chance, &mut reader, seed);
        let ended = desk.now;
        // Tries to several receivers overlap: one that began first may be known last, and stands first in its own list.
        for number in 0..6 {
            desk.pass(1 + i64::try_from(chance.below(5_000)).unwrap());
            let took_ms = i64::try_from(chance.below(ended_for(&desk, ended))).unwrap();
            let answer = if chance.below(2) == 0 { Ok(204) } else { Err("no answer in time".into()) };
            let host = format!("{number}.example");
            let told = Told { began: desk.now.after(-took_ms), took_ms, host, answer };
            let place = chance.below(reader.told.len() as u64 + 1);
            reader.told.insert(usize::try_from(place).unwrap(), told);
            if chance.below(4) == 0 {
                desk.learn(1, Evidence::Submitted(unknown()));
            }
            reader.reads(&desk.case, &desk.known, seed);
        }
        assert!(reader.shown.len() >= 9, "{:?}", reader.shown);
    }
}

/// No try begins before the task has ended.
fn ended_for(desk: &Desk, ended: Timestamp) -> u64 {
    desk.now.since_ms(ended).unsigned_abs() + 1
}

#[test]
fn a_client_reads_nothing_of_what_the_operator_has_or_pays_at_an_upstream() {
    let balance = |before, now| Evidence::Balance { before, now: Credits(now) };
    let made = Reading::Made { links: vec![], cost: Some(Credits(61_000)) };
    let mut desk = Desk::new(&["kie"]);
    let number = desk.doubt();
    for evidence in [
        balance(Some(Credits(1_000_000)), 940_000),
        balance(None, 940_000),
        balance(Some(Credits(5_000)), 5_000),
        Evidence::Read(made),
    ] {
        desk.pass(1);
        desk.learn(number, evidence);
    }
    let moments = timeline(&desk.case, &desk.known, &[]);
    let heard: Vec<&str> = moments.iter().skip(2).map(|moment| moment.text.as_str()).collect();
    assert!(
        heard[0].contains("fell") && !heard[1].contains("fell") && !heard[2].contains("fell"),
        "{heard:?}"
    );
    assert!(heard.iter().all(|text| !text.contains(|letter: char| letter.is_ascii_digit())), "{heard:?}");
}
