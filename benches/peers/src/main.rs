//! hardtack beside its peers, in one run.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml                  the table, and the chart in peers.svg
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --write       both, the table into README.md too
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --seals       values signed and encrypted
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --worth       what cookies cost a server, in instructions
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --build-times time from nothing to a release build
//! ```
//!
//! `--rounds N` changes how many turns each contestant has (default 301), `--only TEXT` leaves out all work that is
//! called otherwise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot go on is to stop")]

mod agreement;
mod build_times;
mod chart;
mod contest;
mod contests;
mod counting;
#[path = "../../inputs/mod.rs"]
mod inputs;
#[path = "../../readme/mod.rs"]
mod readme;
mod report;
mod seals;
mod work;
mod worth;

use contests::Inputs;
use report::{Measured, Row};

fn main() {
    let options = Options::read();
    if options.build_times {
        build_times::run(options.write);
        return;
    }

    if options.seals {
        let table = seals::run(options.rounds);
        println!("{table}");
        if options.write {
            readme::write("seals", &format!("{}\n\n{table}", report::circumstances()));
        }
        return;
    }

    if let Some(name) = options.once {
        worth::once(&name);
        return;
    }
    if options.worth {
        let table = worth::run(options.rounds);
        println!("{table}");
        if options.write {
            readme::write("worth", &format!("{}\n\n{table}", report::circumstances()));
        }
        return;
    }

    let inputs = Inputs::all();
    let short = inputs::short_pairs(30);
    let single = "sid=31d4d96e407aad42".to_owned();
    let long = inputs::long_value();
    let others = [short.clone(), single.clone(), long.clone(), inputs::percent_heavy(), inputs::non_ascii()];
    agreement::on_headers(&others);
    for Inputs { headers, lines, .. } in &inputs {
        agreement::on_headers(headers);
        agreement::on_lines(lines);
    }
    agreement::on_writing();

    let mut contests: Vec<_> = inputs.iter().flat_map(contests::of_headers).collect();
    contests.extend(contests::of_pairs(&short, &single, &long));
    contests.extend(contests::of_writing());
    contests.extend(contests::of_a_user_agent());
    contests.retain(|contest| options.only.as_ref().is_none_or(|only| contest.work.contains(only.as_str())));

    let rows: Vec<Row> = contests.iter_mut().flat_map(|contest| Row::of(contest, options.rounds)).collect();
    let measured = Measured { rows, counts: report::counts(&inputs) };
    println!("{}", measured.table());
    if options.only.is_none() {
        let path = inputs::root().join("benches/peers.svg");
        std::fs::write(&path, chart::draw(&measured.rows)).expect("a place for the chart");
        if options.write {
            readme::write("peers", &measured.section());
        }
    }
}

struct Options {
    write: bool,
    build_times: bool,
    seals: bool,
    worth: bool,
    once: Option<String>,
    rounds: usize,
    only: Option<String>,
}

impl Options {
    fn read() -> Self {
        let mut options =
            Self { write: false, build_times: false, seals: false, worth: false, once: None, rounds: 301, only: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--write" => options.write = true,
                "--build-times" => options.build_times = true,
                "--seals" => options.seals = true,
                "--worth" => options.worth = true,
                "--once" => options.once = Some(words.next().expect("--once NAME")),
                "--rounds" => {
                    options.rounds = words.next().and_then(|word| word.parse().ok()).expect("--rounds NUMBER");
                }
                "--only" => options.only = Some(words.next().expect("--only TEXT")),
                _ => panic!(
                    "unknown option {word}: there are --write, --build-times, --seals, --worth, --rounds NUMBER, --only TEXT"
                ),
            }
        }
        options
    }
}
