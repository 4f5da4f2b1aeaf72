//! Where a picture lies under the frame: its centred crop, and how far it reaches beyond.

use super::resample::Window;

/// Of what a tall picture has to spare, how much is left away above the crop: faces and peaks are in the upper half.
const ABOVE: f32 = 0.2;

/// Four edges, seen from the middle of the crop, in frame widths and heights: left and top are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edges {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Edges {
    /// How far inside a point is; negative beyond the edges.
    pub(super) fn inside(&self, (x, y): (f32, f32)) -> f32 {
        (x - self.left).min(self.right - x).min(y - self.top).min(self.bottom - y)
    }
}

/// The largest part of a picture with the frame's aspect, in the picture's pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Crop {
    picture: (f32, f32),
    width: f32,
    height: f32,
    left: f32,
    top: f32,
}

impl Crop {
    pub(super) fn of(picture: (u32, u32), frame: (u32, u32)) -> Self {
        let picture = (picture.0 as f32, picture.1 as f32);
        let scale = (picture.0 / frame.0 as f32).min(picture.1 / frame.1 as f32);
        let (width, height) = (frame.0 as f32 * scale, frame.1 as f32 * scale);
        Self { picture, width, height, left: (picture.0 - width) / 2.0, top: (picture.1 - height) * ABOVE }
    }

    /// How much of the picture is in the crop.
    pub(super) fn share(&self) -> f32 {
        self.width * self.height / (self.picture.0 * self.picture.1)
    }

    /// The picture's own edges: at least half a frame away on each side.
    pub(super) fn reach(&self) -> Edges {
        let (across, along) = (self.left / self.width, self.top / self.height);
        Edges {
            left: -0.5 - across,
            top: -0.5 - along,
            right: self.picture.0 / self.width - across - 0.5,
            bottom: self.picture.1 / self.height - along - 0.5,
        }
    }

    /// The same part in the picture's pixels.
    pub(super) fn window(&self, part: Edges) -> Window {
        Window {
            left: self.left + (part.left + 0.5) * self.width,
            top: self.top + (part.top + 0.5) * self.height,
            width: (part.right - part.left) * self.width,
            height: (part.bottom - part.top) * self.height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_of_the_same_shape_is_the_picture() {
        let crop = Crop::of((640, 360), (320, 180));
        assert_eq!(crop.reach(), Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 });
        assert!((crop.share() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_wide_picture_is_cropped_in_its_middle_and_a_tall_one_above_it() {
        let wide = Crop::of((960, 180), (320, 180)).reach();
        assert_eq!((wide.left, wide.right, wide.top, wide.bottom), (-1.5, 1.5, -0.5, 0.5));
        let tall = Crop::of((320, 540), (320, 180)).reach();
        assert!(tall.bottom > 1.7 && -tall.top < 1.3 && (tall.bottom - tall.top - 3.0).abs() < 1e-5);
    }
}
