//! The project's own commands: `cargo xtask ci | tidy | generate | gallery | bench | sim | sweep`.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

mod bench;
mod ci;
mod gallery;
mod load;
mod million;
mod pages;
mod run;
mod talk;
mod tidy;
mod upstream;

use anyhow::bail;

const HELP: &str = "cargo xtask COMMAND

  ci                    everything that must hold, in order, with the time of each step
  tidy                  the rules of CONTRIBUTING.md that a program can check
  generate [--check]    write the generated parts of the documents, or say which are out of date
  gallery [NAME …]      render docs/gallery: the films' contact sheets and their page (default: all)
  bench [PART …]        measure; parts: http, studio, million, upstream, playground, build (default: http studio)
  sim [--seeds N]       the seeded simulation, longer (default: 200 seeds)
  sweep                 every cut of a paid create, in each dialect, with the table of what became of it
";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    match words.as_slice() {
        ["ci"] => ci::ci(),
        ["tidy"] => tidy::tidy(),
        ["generate"] => ci::generate(false),
        ["generate", "--check"] => ci::generate(true),
        ["gallery", names @ ..] => gallery::gallery(names),
        ["bench", parts @ ..] => bench::bench(parts),
        ["sweep"] => ci::sweep(),
        ["sim"] => ci::simulate(200),
        ["sim", "--seeds", seeds] => ci::simulate(seeds.parse()?),
        [] | ["help" | "-h" | "--help"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("unknown command\n\n{HELP}"),
    }
}
