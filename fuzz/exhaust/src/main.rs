//! Every input up to a length over the words that matter, held to the model: what fuzzing tries some of, tried all.
//!
//! ```sh
//! cargo run --release --manifest-path fuzz/Cargo.toml -p exhaust -- --list
//! cargo run --release --manifest-path fuzz/Cargo.toml -p exhaust -- cookie-field --words 8
//! cargo run --release --manifest-path fuzz/Cargo.toml -p exhaust -- --seconds 60
//! ```

mod area;
mod areas;
#[path = "../../../tests/model/mod.rs"]
mod model;

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::area::Area;
use crate::areas::AREAS;

/// Holds every small input to the model
#[derive(Parser)]
struct Arguments {
    /// Which areas; all if none is named
    areas: Vec<String>,

    /// Names the areas, their words and how many inputs there are
    #[arg(long)]
    list: bool,

    /// The most words of an input; each area has its own number
    #[arg(long)]
    words: Option<u32>,

    /// The number of the first input, to go on where a run was stopped
    #[arg(long, default_value_t = 0)]
    from: u64,

    /// The number of the input to stop before
    #[arg(long)]
    to: Option<u64>,

    /// The number of cases after which an area is done, a chunk more or less
    #[arg(long)]
    cases: Option<u64>,

    /// Seconds after which all areas stop together, each with its share
    #[arg(long)]
    seconds: Option<u64>,

    /// How many threads; as many as there are cores if it is not said
    #[arg(long)]
    jobs: Option<usize>,
}

/// So many inputs are taken at once.
const CHUNK: u64 = 1 << 14;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let known = |name: &String| AREAS.iter().any(|area| area.name == name);
    if let Some(unknown) = arguments.areas.iter().find(|name| !known(name)) {
        eprintln!("there is no area {unknown:?}; --list names them");
        return ExitCode::from(2);
    }
    let areas =
        AREAS.iter().filter(|area| arguments.areas.is_empty() || arguments.areas.iter().any(|name| area.name == name));
    let areas: Vec<_> = areas.map(|area| Area { words: arguments.words.unwrap_or(area.words), ..*area }).collect();
    if arguments.list {
        for area in &areas {
            println!(
                "{}: {} of {} words, {} inputs: {}",
                area.name,
                area.words,
                area.alphabet.len(),
                area.inputs(),
                area.law
            );
        }
        return ExitCode::SUCCESS;
    }
    let share = arguments.seconds.map(|seconds| Duration::from_secs(seconds) / u32::try_from(areas.len()).unwrap_or(1));
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    println!("| area | words | of | inputs from | to | cases | seconds | cases/s |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for area in &areas {
        let Some(line) = run(area, &arguments, share, jobs) else {
            return ExitCode::FAILURE;
        };
        println!("{line}");
    }
    ExitCode::SUCCESS
}

/// The line of the table; `None` where an input was not as the model has it.
fn run(area: &Area, arguments: &Arguments, share: Option<Duration>, jobs: usize) -> Option<String> {
    let from = arguments.from.min(area.inputs());
    let end = arguments.to.unwrap_or(u64::MAX).min(area.inputs());
    let style = "{msg} {wide_bar} {human_pos} of {human_len} inputs, {per_sec}, {eta} left";
    let bar = ProgressBar::new(end.saturating_sub(from)).with_message(area.name);
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    let (next, cases, failed) = (AtomicU64::new(from), AtomicU64::new(0), AtomicBool::new(false));
    let (done, started) = (AtomicU64::new(0), Instant::now());
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while !failed.load(Ordering::Relaxed)
                    && share.is_none_or(|share| started.elapsed() < share)
                    && arguments.cases.is_none_or(|most| cases.load(Ordering::Relaxed) < most)
                {
                    let first = next.fetch_add(CHUNK, Ordering::Relaxed);
                    let last = first.saturating_add(CHUNK).min(end);
                    if first >= end {
                        break;
                    }
                    match area.try_all(first..last) {
                        Ok(tried) => cases.fetch_add(tried, Ordering::Relaxed),
                        Err(number) => {
                            failed.store(true, Ordering::Relaxed);
                            bar.suspend(|| {
                                let input = area.input(number);
                                eprintln!("{}, input {number}: {:?}", area.name, input.escape_ascii().to_string());
                            });
                            break;
                        }
                    };
                    done.fetch_add(last - first, Ordering::Relaxed);
                    bar.inc(last - first);
                }
            });
        }
    });
    bar.finish_and_clear();
    if failed.into_inner() {
        return None;
    }
    let (cases, seconds) = (cases.into_inner(), started.elapsed().as_secs().max(1));
    // Chunks are handed out in order and all that were begun were ended.
    let to = from + done.into_inner();
    Some(format!(
        "| `{}` | {} | {} | {from} | {} | {} | {seconds} | {} |",
        area.name,
        area.words,
        area.alphabet.len(),
        HumanCount(to),
        HumanCount(cases),
        HumanCount(cases / seconds),
    ))
}
