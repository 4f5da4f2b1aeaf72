//! The kinds of figures: what they are, what they usually do, and where they are at home.

use serde::Serialize;

use super::meaning::{Action, Place};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Cat,
    Dog,
    Rabbit,
    Fox,
    Bear,
    Panda,
    Tiger,
    Lion,
    Mouse,
    Pig,
    Sheep,
    Cow,
    Deer,
    Dragon,
    /// The dragon of China: a serpent of the clouds, without wings.
    Loong,
    Horse,
    Bird,
    Owl,
    Penguin,
    Butterfly,
    Elephant,
    Fish,
    Koi,
    Shark,
    Dolphin,
    Whale,
    Turtle,
    Jellyfish,
    Robot,
    Child,
    Woman,
    Man,
    OldMan,
    Astronaut,
    Bicycle,
    Motorcycle,
    Car,
    VintageCar,
    Taxi,
    Truck,
    Bus,
    Tram,
    Train,
    Boat,
    Rowboat,
    Ship,
    Rocket,
    Spaceship,
    Drone,
    Plane,
    Balloon,
    Kite,
    Tree,
    Flower,
    House,
    Castle,
    Ball,
    Cup,
    Bowl,
    Cake,
    Candle,
    Bottle,
    Watch,
    Book,
    Vase,
}

impl Kind {
    /// Living things lead, machines follow, and scenery stands behind them.
    pub(crate) fn rank(self) -> u8 {
        match self {
            _ if self.is_still() => 3,
            Self::Butterfly | Self::Ball | Self::Kite => 2,
            Self::Tree | Self::Flower | Self::House | Self::Castle => 3,
            Self::Bicycle | Self::Motorcycle | Self::Train | Self::Tram | Self::Rocket | Self::Spaceship => 1,
            Self::Plane | Self::Drone | Self::Balloon => 1,
            _ if self.is_boat() || self.is_car() => 1,
            _ => 0,
        }
    }

    /// A thing that stands on a table.
    pub(crate) fn is_still(self) -> bool {
        matches!(
            self,
            Self::Cup
                | Self::Bowl
                | Self::Cake
                | Self::Candle
                | Self::Bottle
                | Self::Watch
                | Self::Book
                | Self::Vase
        )
    }

    pub(crate) fn is_boat(self) -> bool {
        matches!(self, Self::Boat | Self::Rowboat | Self::Ship)
    }

    /// Has an engine, and the road.
    pub(crate) fn is_car(self) -> bool {
        matches!(self, Self::Car | Self::VintageCar | Self::Taxi | Self::Truck | Self::Bus)
    }

    /// Carries a person who is seen whole.
    pub(crate) fn is_mount(self) -> bool {
        matches!(self, Self::Horse | Self::Elephant | Self::Bicycle | Self::Motorcycle | Self::Rowboat)
    }

    /// People and robots get about on foot.
    pub(crate) fn walks_upright(self) -> bool {
        self.wears_clothes() || self == Self::Robot
    }

    /// Who is dressed.
    pub(crate) fn wears_clothes(self) -> bool {
        matches!(self, Self::Child | Self::Woman | Self::Man | Self::OldMan)
    }

    pub(crate) fn is_vehicle(self) -> bool {
        self.rank() == 1
    }

    /// Stands where it stands.
    pub(crate) fn is_scenery(self) -> bool {
        self.rank() == 3
    }

    pub(crate) fn lives_in_water(self) -> bool {
        matches!(
            self,
            Self::Fish
                | Self::Koi
                | Self::Shark
                | Self::Dolphin
                | Self::Whale
                | Self::Turtle
                | Self::Jellyfish
        )
    }

    /// What it does when the prompt does not say.
    pub(crate) fn habit(self) -> Action {
        match self {
            Self::Horse | Self::Robot | Self::Penguin | Self::Cow | Self::Deer | Self::Elephant => {
                Action::Walk
            }
            Self::Loong
            | Self::Bird
            | Self::Butterfly
            | Self::Rocket
            | Self::Plane
            | Self::Balloon
            | Self::Kite => Action::Fly,
            Self::Drone | Self::Spaceship => Action::Fly,
            Self::Rowboat => Action::Row,
            Self::Train | Self::Tram | Self::Bicycle | Self::Motorcycle => Action::Drive,
            _ if self.is_car() => Action::Drive,
            _ if self.wears_clothes() => Action::Walk,
            _ if self.lives_in_water() || self.is_boat() => Action::Swim,
            _ => Action::Sit,
        }
    }

    /// The kind whose voice, engine or steps it shares.
    pub(crate) fn sounds_like(self) -> Self {
        match self {
            Self::VintageCar | Self::Taxi | Self::Truck | Self::Bus | Self::Motorcycle => Self::Car,
            Self::Tram => Self::Train,
            Self::Rowboat | Self::Ship => Self::Boat,
            Self::Spaceship => Self::Rocket,
            Self::Drone => Self::Plane,
            Self::Loong => Self::Dragon,
            Self::Dolphin => Self::Whale,
            Self::Koi | Self::Shark => Self::Fish,
            Self::Owl => Self::Bird,
            Self::OldMan => Self::Man,
            other => other,
        }
    }

    /// Where it is at home when the prompt names no place.
    pub(crate) fn habitats(self) -> &'static [Place] {
        match self {
            Self::Cat | Self::Rabbit | Self::Butterfly | Self::Flower | Self::Mouse => {
                &[Place::Garden, Place::Meadow]
            }
            Self::Dog | Self::Ball | Self::Child => &[Place::Park, Place::Meadow],
            Self::Fox | Self::Bear | Self::Deer | Self::Tiger | Self::Owl => &[Place::Forest],
            Self::Panda => &[Place::Forest, Place::Pagoda],
            Self::Lion | Self::Horse | Self::Tree | Self::Train | Self::Elephant => &[Place::Meadow],
            Self::Pig | Self::Sheep | Self::Cow => &[Place::Farm],
            Self::Dragon | Self::Castle => &[Place::Mountain],
            Self::Loong | Self::Bird | Self::Plane | Self::Balloon | Self::Drone => &[Place::Sky],
            Self::Penguin => &[Place::Snow],
            Self::Koi => &[Place::Pond],
            Self::Robot | Self::Tram | Self::Bicycle | Self::Motorcycle => &[Place::City],
            Self::Woman | Self::Man | Self::OldMan => &[Place::Park, Place::City],
            Self::Astronaut | Self::Rocket | Self::Spaceship => &[Place::Space],
            Self::Boat => &[Place::Sea, Place::Lake],
            Self::Rowboat => &[Place::Lake],
            Self::Ship => &[Place::Sea],
            Self::Kite => &[Place::Beach, Place::Meadow],
            Self::House => &[Place::Village],
            Self::Car | Self::VintageCar | Self::Taxi | Self::Truck | Self::Bus => &[Place::City],
            Self::Fish | Self::Shark | Self::Dolphin | Self::Whale | Self::Turtle | Self::Jellyfish => {
                &[Place::Underwater]
            }
            Self::Cup
            | Self::Bowl
            | Self::Cake
            | Self::Candle
            | Self::Bottle
            | Self::Watch
            | Self::Book
            | Self::Vase => &[Place::Room],
        }
    }
}
