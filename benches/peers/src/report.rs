//! What was measured, as Markdown.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;

use hardtack::{Pair, SetCookie};

use crate::contest::{Contest, Timing};
use crate::contests::Inputs;
use crate::inputs;
use crate::{counting, work};

/// This crate beside one other at one piece of work.
pub struct Row {
    pub work: String,
    pub peer: &'static str,
    pub ours: Timing,
    pub theirs: Timing,
    pub bar: Option<f64>,
    pub aim: Option<f64>,
}

impl Row {
    pub fn of(contest: &mut Contest<'_>, rounds: usize) -> Vec<Self> {
        let (ours, theirs) = contest.run(rounds);
        let rivals = contest.theirs.iter().zip(theirs);
        rivals
            .map(|(rival, theirs)| Self {
                work: contest.work.clone(),
                peer: rival.contestant.name,
                ours,
                theirs,
                bar: rival.bar,
                aim: rival.aim,
            })
            .collect()
    }

    /// How many times as long the other takes.
    pub fn ratio(&self) -> f64 {
        self.theirs.median / self.ours.median
    }

    fn best_ratio(&self) -> f64 {
        self.theirs.minimum / self.ours.minimum
    }

    fn met(&self) -> &'static str {
        let reached = |mark: Option<f64>| mark.map(|mark| self.ratio() >= mark);
        match (reached(self.bar), reached(self.aim)) {
            (None, None) => "",
            (Some(false), _) => "no",
            (None | Some(true), Some(true)) => "aim",
            (Some(true), _) => "bar",
            (None, Some(false)) => "aim not",
        }
    }
}

/// Something counted: as many on each run.
pub struct Count {
    what: &'static str,
    ours: usize,
    bar: usize,
    aim: usize,
}

pub fn counts(inputs: &[Inputs]) -> Vec<Count> {
    let Inputs { headers, lines, .. } = &inputs[0];
    let known: Vec<&String> =
        lines.iter().filter(|line| SetCookie::parse(line).is_ok_and(|cookie| cookie.extensions().is_empty())).collect();
    let cookie = work::full_cookie();
    let mut buffer = Vec::with_capacity(4096);
    let none = |what, ours| Count { what, ours, bar: 0, aim: 0 };
    vec![
        none(
            "allocations: tokenize",
            counting::allocations(|| headers.iter().for_each(|header| work::tokenize_str(header))),
        ),
        none(
            "allocations: lookup",
            counting::allocations(|| headers.iter().for_each(|header| work::get(header, "absent"))),
        ),
        none("allocations: write into a buffer", counting::allocations(|| work::write(&cookie, &mut buffer))),
        none(
            "allocations: `SetCookie::parse` without unknown attributes",
            counting::allocations(|| known.iter().for_each(|line| work::set_cookie(black_box(line)))),
        ),
        Count { what: "octets of a `Pair<str>`", ours: size_of::<Pair<'_, str>>(), bar: 32, aim: 32 },
        Count { what: "octets of a `SetCookie`", ours: size_of::<SetCookie<'_>>(), bar: 176, aim: 136 },
    ]
}

/// One run.
pub struct Measured {
    pub rows: Vec<Row>,
    pub counts: Vec<Count>,
}

impl Measured {
    pub fn table(&self) -> String {
        let mut table = String::from(
            "| work | hardtack | against | takes | ratio | of minima | bar | aim | met |\n\
             |---|--:|---|--:|--:|--:|--:|--:|---|\n",
        );
        let mut last = "";
        for row in &self.rows {
            let (work, ours) = if row.work == last {
                (String::new(), String::new())
            } else {
                (row.work.clone(), time(row.ours.median))
            };
            last = &row.work;
            let (peer, takes, ratio, best) = (row.peer, time(row.theirs.median), row.ratio(), row.best_ratio());
            let (bar, aim, met) = (mark(row.bar), mark(row.aim), row.met());
            writeln!(table, "| {work} | {ours} | {peer} | {takes} | {ratio:.2} | {best:.2} | {bar} | {aim} | {met} |")
                .unwrap();
        }
        table.push_str("\n| count | hardtack | bar | aim | met |\n|---|--:|--:|--:|---|\n");
        for Count { what, ours, bar, aim } in &self.counts {
            let met = if ours <= aim {
                "aim"
            } else if ours <= bar {
                "bar"
            } else {
                "no"
            };
            writeln!(table, "| {what} | {ours} | {bar} | {aim} | {met} |").unwrap();
        }
        table
    }

    pub fn section(&self) -> String {
        format!("{}\n\n{}\n![How many times as long the others take](peers.svg)\n", circumstances(), self.table())
    }
}

/// Where, by what and beside what it was measured.
pub fn circumstances() -> String {
    format!(
        "Commit {}, {}, {}; cookie {}, biscotti {}, httpdate {}, memchr {}.",
        output("git", &["rev-parse", "--short", "HEAD"]),
        processor(),
        output("rustc", &["--version"]),
        version("cookie"),
        version("biscotti"),
        version("httpdate"),
        version("memchr"),
    )
}

fn mark(mark: Option<f64>) -> String {
    mark.map_or_else(String::new, |mark| if mark < 1.0 { format!("{mark:.2}") } else { mark.to_string() })
}

pub fn time(nanoseconds: f64) -> String {
    if nanoseconds < 1000.0 { format!("{nanoseconds:.1} ns") } else { format!("{:.2} µs", nanoseconds / 1000.0) }
}

/// The version of a peer, as it is locked.
fn version(package: &str) -> &'static str {
    let name = format!("name = \"{package}\"\nversion = \"");
    let lock = include_str!("../Cargo.lock");
    lock.split_once(&name).and_then(|(_, rest)| rest.split('"').next()).unwrap_or("unknown")
}

pub fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name))?;
        line.split_once(": ").map(|(_, value)| value.to_owned())
    };
    match (field("model name"), field("cpu family"), field("model\t")) {
        (Some(name), Some(family), Some(model)) => format!("{name} (family {family}, model {model})"),
        _ => "an unknown processor".to_owned(),
    }
}

pub fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(inputs::root()).output().expect(program);
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
