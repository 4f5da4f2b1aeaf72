//! Picture-to-video: the first frame is the picture, the last frame the second one; between them the camera looks around.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mix is clamped to 0..=256 before it is cut to an integer"
)]

use super::Picture;
use super::course::Course;
use super::dust::Dust;
use super::light::Light;
use super::mat::matted;
use super::still::Still;
use crate::camera::{Move, smooth};
use crate::canvas::{Canvas, Painter};

/// For so long the plain picture gives way to the one that the camera sees, which is sampled anew: no jump of sharpness.
const PLAIN_S: f32 = 0.25;

/// Paints a film, or a shot of it, from pictures.
pub(crate) struct PicturePainter {
    first: Option<Still>,
    /// The picture of the last frame, which settles from a little closer.
    last: Option<Still>,
    light: Light,
    dust: Dust,
    /// The seconds of a film that goes its way from the end to the beginning.
    back_s: Option<f32>,
}

impl PicturePainter {
    /// Starts at `first`, over which the camera moves, and ends at `last`; one of them may be missing.
    pub(crate) fn new(first: Option<(&Picture, Move)>, last: Option<&Picture>, frame: (u32, u32)) -> Self {
        let first = first
            .map(|(picture, camera)| Still::new(picture, frame, |reach| Course::from_plain(camera, reach)));
        Self::of(first, last.map(|picture| Still::new(picture, frame, |_| Course::to_plain())))
    }

    /// A shot of one of the pictures that a film is to show; it is the first one or the last one, or neither. It is seen whole.
    pub(crate) fn reference(picture: &Picture, frame: (u32, u32), ends: (bool, bool)) -> Self {
        let on_mat = matted(picture, frame);
        let picture = on_mat.as_ref().unwrap_or(picture);
        Self::of(Some(Still::new(picture, frame, |_| Course::for_reference(ends))), None)
    }

    fn of(first: Option<Still>, last: Option<Still>) -> Self {
        let from_right = first.as_ref().or(last.as_ref()).is_some_and(Still::brighter_on_the_right);
        Self { first, last, light: Light::new(from_right), dust: Dust::new(), back_s: None }
    }

    /// The same way back: it begins with the last frame of a film of as many seconds, and ends with the plain picture.
    pub(crate) fn backwards(self, seconds: f32) -> Self {
        Self { back_s: Some(seconds), ..self }
    }
}

impl Painter for PicturePainter {
    fn paint(&self, at: f32, second: f32, canvas: &mut Canvas) {
        let parts = |part: f32| (256.0 * part).round() as u16;
        let (at, second) = self.back_s.map_or((at, second), |seconds| (1.0 - at, seconds - second));
        let mix = match (&self.first, &self.last) {
            (None, _) => 256,
            (_, None) => 0,
            _ => parts(smooth((at - 0.35) / 0.3)),
        };
        if let Some(first) = &self.first
            && mix < 256
        {
            first.draw(at, 256, parts(1.0 - smooth(second / PLAIN_S)), canvas);
        }
        if let Some(last) = &self.last
            && mix > 0
        {
            let left_s = if at > 0.0 { second * (1.0 - at) / at } else { f32::MAX };
            last.draw(at, mix, parts(1.0 - smooth(left_s / PLAIN_S)), canvas);
        }
        self.light.fall(at, canvas);
        if let Some(still) = self.first.as_ref().or(self.last.as_ref()) {
            self.dust.float((at, second), still.view(at), &self.light, canvas);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::crop::{Crop, Edges};
    use crate::picture::resample::resample;

    const FRAME: (u32, u32) = (160, 90);

    fn picture(shift: u32) -> Picture {
        let rgba = (0..400 * 300).flat_map(|n| {
            let (x, y) = (n % 400, n / 400);
            [(x * 7 + shift) % 256, (y * 5) % 256, (x + y + shift) % 256, 255].map(|channel| channel as u8)
        });
        Picture::of_rows((400, 300), rgba.collect())
    }

    fn cropped(picture: &Picture) -> Vec<u8> {
        let whole = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        resample(picture, Crop::of(picture.size(), FRAME).window(whole), FRAME.0, FRAME.1)
    }

    #[test]
    fn the_way_back_begins_where_the_way_out_ended_and_ends_with_the_picture() {
        let first = picture(0);
        let painted = |painter: &PicturePainter, at: f32| {
            let mut canvas = Canvas::new(FRAME.0, FRAME.1);
            painter.paint(at, at * 8.0, &mut canvas);
            canvas.rgba
        };
        let out = PicturePainter::new(Some((&first, Move::ZoomIn)), None, FRAME);
        let back = PicturePainter::new(Some((&first, Move::ZoomIn)), None, FRAME).backwards(8.0);
        assert!(painted(&back, 0.0) == painted(&out, 1.0));
        assert!(painted(&back, 1.0) == cropped(&first));
    }

    #[test]
    fn the_first_and_the_last_frame_are_the_pictures_to_the_pixel() {
        let (first, last) = (picture(0), picture(90));
        for camera in Move::ALL {
            let painter = PicturePainter::new(Some((&first, camera)), Some(&last), FRAME);
            let mut canvas = Canvas::new(FRAME.0, FRAME.1);
            painter.paint(0.0, 0.0, &mut canvas);
            assert!(canvas.rgba == cropped(&first), "{camera:?}: the first frame is not the picture");
            painter.paint(1.0, 4.0, &mut canvas);
            assert!(canvas.rgba == cropped(&last), "{camera:?}: the last frame is not the picture");
        }
    }
}
