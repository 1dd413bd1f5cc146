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
    theirs: Option<(&'static str, usize)>,
    bar: Option<usize>,
    aim: Option<usize>,
}

impl Count {
    fn new(what: &'static str, ours: usize) -> Self {
        Self { what, ours, theirs: None, bar: None, aim: None }
    }

    fn at_most(self, bar: usize, aim: usize) -> Self {
        Self { bar: Some(bar), aim: Some(aim), ..self }
    }

    fn beside(self, peer: &'static str, theirs: usize) -> Self {
        Self { theirs: Some((peer, theirs)), ..self }
    }
}

/// Cookies that a store is filled with to see what one takes.
const STORED: usize = 10_000;

pub fn counts(inputs: &[Inputs]) -> Vec<Count> {
    let Inputs { headers, lines, .. } = &inputs[0];
    let known: Vec<&String> =
        lines.iter().filter(|line| SetCookie::parse(line).is_ok_and(|cookie| cookie.extensions().is_empty())).collect();
    let cookie = work::full_cookie();
    let mut buffer = Vec::with_capacity(4096);
    let (context, url) = (work::context(), work::url());
    let (mut store, mut store_too) = (work::store(), work::store_cookie_store());
    vec![
        Count::new(
            "allocations: tokenize",
            counting::allocations(|| headers.iter().for_each(|header| work::tokenize_str(header))),
        )
        .at_most(0, 0),
        Count::new(
            "allocations: lookup",
            counting::allocations(|| headers.iter().for_each(|header| work::get(header, "absent"))),
        )
        .at_most(0, 0),
        Count::new("allocations: write into a buffer", counting::allocations(|| work::write(&cookie, &mut buffer)))
            .at_most(0, 0),
        Count::new(
            "allocations: `SetCookie::parse` without unknown attributes",
            counting::allocations(|| known.iter().for_each(|line| work::set_cookie(black_box(line)))),
        )
        .at_most(0, 0),
        Count::new(
            "allocations: `CookieJar` of ten, nothing changed: the fields it holds",
            counting::allocations(|| work::unchanged_jar(work::TEN_COOKIES)),
        )
        .beside("cookie `CookieJar`", counting::allocations(|| drop(black_box(work::filled_jar(work::TEN_COOKIES)))))
        .at_most(1, 1),
        Count::new("allocations: `judge`", counting::allocations(|| work::judge(&context)))
            .beside("cookie_store `Cookie::parse`", counting::allocations(|| work::judge_cookie_store(&url))),
        Count::new("allocations: `Store::set` again", counting::allocations(|| work::set_again(&mut store, &context)))
            .beside("cookie_store", counting::allocations(|| work::set_again_cookie_store(&mut store_too, &url))),
        Count::new(
            "allocations: `Store::cookie_field` of ten",
            counting::allocations(|| work::field(&mut store, &context)),
        )
        .beside("cookie_store, joined", counting::allocations(|| work::field_cookie_store(&store_too, &url))),
        Count::new("octets of a `Pair<str>`", size_of::<Pair<'_, str>>()).at_most(32, 32),
        Count::new("octets of a `SetCookie`", size_of::<SetCookie<'_>>())
            .beside("cookie `Cookie`", size_of::<cookie::Cookie<'_>>())
            .at_most(176, 136),
        Count::new("octets of a `CookieJar` of ten", counting::octets(|| hardtack::CookieJar::new(work::TEN_COOKIES)))
            .beside("cookie `CookieJar`", counting::octets(|| work::filled_jar(work::TEN_COOKIES))),
        Count::new(
            "octets of a stored cookie of 23, one of 10 000",
            counting::octets(|| work::store_of(STORED)) / STORED,
        )
        .beside("cookie_store", counting::octets(|| work::cookie_store_of(STORED)) / STORED),
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
        table.push_str("\n| count | hardtack | beside | counts | bar | aim | met |\n|---|--:|---|--:|--:|--:|---|\n");
        for Count { what, ours, theirs, bar, aim } in &self.counts {
            let number = |number: Option<usize>| number.map_or_else(String::new, |number| number.to_string());
            let (peer, theirs) = theirs.map_or(("", None), |(peer, theirs)| (peer, Some(theirs)));
            let met = match (bar, aim) {
                (_, Some(aim)) if ours <= aim => "aim",
                (Some(bar), _) if ours <= bar => "bar",
                (None, None) => "",
                _ => "no",
            };
            let (theirs, bar, aim) = (number(theirs), number(*bar), number(*aim));
            writeln!(table, "| {what} | {ours} | {peer} | {theirs} | {bar} | {aim} | {met} |").unwrap();
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
        "Commit {}, {}, {}; cookie {}, biscotti {}, kekse {}, cookie_store {}, httpdate {}, \
         memchr {}.",
        output("git", &["rev-parse", "--short", "HEAD"]),
        processor(),
        output("rustc", &["--version"]),
        version("cookie"),
        version("biscotti"),
        version("kekse"),
        version("cookie_store"),
        version("httpdate"),
        version("memchr"),
    )
}

fn mark(mark: Option<f64>) -> String {
    mark.map_or_else(String::new, |mark| if mark < 2.0 { format!("{mark:.2}") } else { mark.to_string() })
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
