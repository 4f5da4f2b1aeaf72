//! Who is staged of all that a prompt names, and doing what they can.

use super::heard::{Figure, Heard};
use super::meaning::{Action, Kind, Size};
use super::{MAX_SUBJECTS, Subject};

impl Heard {
    /// The staged figures, living ones first.
    pub(super) fn cast(&self) -> Vec<Subject> {
        let named = |like: &Figure| {
            let same =
                |other: &&Figure| !other.vague && class(other.subject.kind) == class(like.subject.kind);
            self.figures.iter().find(same).map(|other| other.subject)
        };
        let mut cast: Vec<Subject> = Vec::new();
        let mut heirs: Vec<(Subject, Subject)> = Vec::new();
        for figure in &self.figures {
            let subject = Subject {
                colour: figure.subject.colour.or(figure.trinket).or(figure.tint),
                ..figure.subject
            };
            let a_thing = figure.vague && class(subject.kind) == Class::Thing;
            match named(figure) {
                // What is told of "the creature" is told of the rabbit that it turns out to be.
                Some(heir) if figure.vague => heirs.push((heir, subject)),
                _ if a_thing && self.figures.len() > 1 => {}
                _ => cast.push(subject),
            }
        }
        for (heir, told) in heirs {
            if let Some(known) = cast.iter_mut().find(|subject| subject.kind == heir.kind) {
                *known = inherit(*known, told);
            }
        }
        if let (true, Some(action)) = (cast.is_empty(), self.stranger) {
            cast.extend(stand_in(action));
        }
        cast.sort_by_key(|subject| subject.kind.rank());
        mount(&mut cast);
        cast.truncate(MAX_SUBJECTS);
        cast.into_iter().map(Subject::able).collect()
    }
}

/// Seats the person who rides or rows: first the horse, the bicycle or the rowing boat, then who is on it.
fn mount(cast: &mut Vec<Subject>) {
    let person = |it: &Subject| class(it.kind) == Class::Person && it.kind != Kind::Robot;
    let Some(rider) = cast.iter().position(person) else { return };
    let rows = cast[rider].action == Action::Row;
    let rides = matches!(cast[rider].action, Action::Drive | Action::Ride);
    let carries = |it: &Subject| match it.kind {
        Kind::Boat => rows || matches!(cast[rider].action, Action::Sit | Action::Sleep),
        Kind::Horse | Kind::Elephant => rides,
        kind => kind.is_mount(),
    };
    let carrier = cast.iter().position(carries);
    if !rows && carrier.is_none() {
        return;
    }
    let on_foot = matches!(cast[rider].action, Action::Walk | Action::Run | Action::Dance | Action::Jump);
    if on_foot {
        cast.retain(|it| it.kind != Kind::Rowboat);
        return;
    }
    let mut seat = carrier.map_or(
        Subject { kind: Kind::Rowboat, action: Action::Row, colour: None, size: Size::Usual, count: 1 },
        |at| cast[at],
    );
    let seated = Subject { action: Action::Ride, count: 1, ..cast[rider] };
    if seat.kind == Kind::Boat || seat.kind == Kind::Rowboat {
        seat = Subject { kind: Kind::Rowboat, colour: None, size: Size::Usual, ..seat };
        seat.action = if rows || cast[rider].action == Action::Rest { Action::Row } else { Action::Sit };
    }
    let others = cast.iter().enumerate().filter(|(at, it)| {
        *at != rider && Some(*at) != carrier && !(seat.kind == Kind::Rowboat && it.kind.is_boat())
    });
    *cast = [seat, seated].into_iter().chain(others.map(|(_, it)| *it)).collect();
}

/// What a vague word can turn out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Animal,
    Thing,
}

pub(super) fn class(kind: Kind) -> Class {
    match kind {
        Kind::Child | Kind::Woman | Kind::Man | Kind::OldMan | Kind::Astronaut | Kind::Robot => Class::Person,
        Kind::Butterfly => Class::Animal,
        _ if kind.rank() == 0 => Class::Animal,
        _ => Class::Thing,
    }
}

fn inherit(known: Subject, told: Subject) -> Subject {
    Subject {
        action: if known.action == Action::Rest { told.action } else { known.action },
        colour: known.colour.or(told.colour),
        size: if known.size == Size::Usual { told.size } else { known.size },
        ..known
    }
}

/// Who acts in place of something that no table knows, if what it does tells what it is like.
fn stand_in(action: Action) -> Option<Subject> {
    let kind = match action {
        Action::Fly => Kind::Bird,
        Action::Swim => Kind::Fish,
        Action::Row => Kind::Rowboat,
        Action::Drive => Kind::Car,
        Action::Walk | Action::Run | Action::Jump | Action::Sleep => Kind::Fox,
        Action::Rest
        | Action::Sit
        | Action::Play
        | Action::Dance
        | Action::TaiChi
        | Action::Wave
        | Action::Ride => return None,
    };
    Some(Subject { kind, action, colour: None, size: Size::Usual, count: 1 })
}

impl Subject {
    /// The same figure, doing what it can: a boat does not drive, and who flies a kite stays on the ground.
    fn able(self) -> Self {
        let Self { kind, action, .. } = self;
        let on_foot = matches!(action, Action::Walk | Action::Run);
        let able = match action {
            Action::Rest => kind.habit(),
            Action::Ride => Action::Ride,
            _ if kind.is_still() => Action::Sit,
            _ if kind == Kind::Rowboat => {
                if action == Action::Sit {
                    action
                } else {
                    Action::Row
                }
            }
            _ if !action.travels() => action,
            _ if kind.walks_upright() && !on_foot => Action::Sit,
            _ if kind.lives_in_water() || kind.is_boat() => Action::Swim,
            Action::Fly => Action::Fly,
            _ if kind.is_vehicle() && kind.habit() == Action::Drive => Action::Drive,
            _ if kind.is_vehicle() || kind == Kind::Kite => Action::Fly,
            _ if kind.is_scenery() => Action::Sit,
            Action::Drive | Action::Row => kind.habit(),
            _ => action,
        };
        Self { action: able, ..self }
    }
}
