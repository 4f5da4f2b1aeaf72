//! Writes moments of a scene as PNG files and measures painting: `still OUT SIZE SEED AT[,AT…] PROMPT…`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "an example for people who look at films and measure them"
)]

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::time::Instant;

use filmgate_studio::{Canvas, ScenePlan, paint_scene};

const SECONDS: f32 = 4.0;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [out, size, seed, moments, prompts @ ..] = words.as_slice() else {
        return Err("usage: still OUT.png 1280x720 SEED 0.0,0.5 PROMPT…".into());
    };
    let (width, height) = size.split_once('x').ok_or("SIZE is WIDTHxHEIGHT")?;
    let (width, height): (u32, u32) = (width.parse()?, height.parse()?);
    let moments: Vec<f32> = moments.split(',').map(str::parse).collect::<Result<_, _>>()?;
    let seed: u64 = seed.parse()?;
    let columns = if moments.len() > 1 { moments.len() } else { prompts.len().min(3) };
    let mut cells = Vec::new();
    for prompt in prompts {
        let start = Instant::now();
        let plan = ScenePlan::from_prompt(prompt, seed);
        let painter = paint_scene(&plan, width, height, seed);
        let built = start.elapsed();
        let mut canvas = Canvas::new(width, height);
        painter.paint(0.0, 0.0, &mut canvas);
        let start_ms = processor_ms()?;
        for frame in 0..48_u8 {
            painter.paint(f32::from(frame) / 47.0, f32::from(frame) / 24.0, &mut canvas);
        }
        let frame_ms = (processor_ms()? - start_ms) / 48.0;
        println!("{frame_ms:6.2} ms of one core a frame, {:4} ms to build: {prompt}", built.as_millis());
        for at in &moments {
            painter.paint(*at, at * SECONDS, &mut canvas);
            cells.push(canvas.clone());
        }
    }
    save(out, &sheet(&cells, columns))
}

/// Time this thread has spent on a core: other programs on the machine do not count.
fn processor_ms() -> Result<f64, Box<dyn Error>> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = times.split(' ').next().ok_or("schedstat is empty")?.parse()?;
    Ok(nanoseconds / 1e6)
}

/// Puts frames side by side, scaled down so that a row is at most 1920 pixels wide.
fn sheet(cells: &[Canvas], columns: usize) -> Canvas {
    let (wide, tall) = (cells[0].width as usize, cells[0].height as usize);
    let shrink = (wide * columns).div_ceil(1920).max(1);
    let (wide, tall) = (wide / shrink, tall / shrink);
    let mut sheet = Canvas::new((wide * columns) as u32, (tall * cells.len().div_ceil(columns)) as u32);
    let stride = sheet.width as usize;
    for (index, cell) in cells.iter().enumerate() {
        let corner = (index % columns * wide, index / columns * tall);
        for y in 0..tall {
            for x in 0..wide {
                for channel in 0..4 {
                    let samples = (0..shrink * shrink).map(|part| {
                        let (dx, dy) = (part % shrink, part / shrink);
                        let at = (y * shrink + dy) * cell.width as usize + x * shrink + dx;
                        u32::from(cell.rgba[at * 4 + channel])
                    });
                    let mean = samples.sum::<u32>() / (shrink * shrink) as u32;
                    sheet.rgba[((corner.1 + y) * stride + corner.0 + x) * 4 + channel] = mean as u8;
                }
            }
        }
    }
    sheet
}

fn save(path: &str, canvas: &Canvas) -> Result<(), Box<dyn Error>> {
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), canvas.width, canvas.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header()?.write_image_data(&canvas.rgba)?;
    Ok(())
}
