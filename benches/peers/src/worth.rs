//! What cookies cost a server: a request of ten read, a response of one built and written.

use std::fmt::Write as _;
use std::process::Command;

use crate::contest::Contest;
use crate::{report, work};

/// What makes the work of one of them, with what it keeps from one exchange to the next.
type Exchange = fn() -> Box<dyn FnMut()>;

/// Whoever does all of it. kekse decodes the values besides, and biscotti makes a map.
const EXCHANGES: [(&str, Exchange); 4] = [
    ("hardtack", || {
        let mut buffer = Vec::new();
        Box::new(move || work::exchange(work::TEN_COOKIES, &mut buffer))
    }),
    ("cookie", || {
        let mut buffer = String::new();
        Box::new(move || work::exchange_cookie(work::TEN_COOKIES, &mut buffer))
    }),
    ("kekse", || Box::new(|| work::exchange_kekse(work::TEN_COOKIES))),
    ("biscotti", || {
        let processor = work::raw_processor();
        Box::new(move || work::exchange_biscotti(work::TEN_COOKIES, &processor))
    }),
];

const REQUESTS: f64 = 1e6;

/// Counts and times all, prints the table, and gives the text of the section.
pub fn run(rounds: usize) -> String {
    let [ours, theirs @ ..] = EXCHANGES;
    let mut contest = Contest::new("an exchange", ours.0, ours.1());
    for (name, exchange) in theirs {
        contest = contest.against(name, None, None, exchange());
    }
    let (ours, theirs) = contest.run(rounds);
    let mut table = String::from(
        "| a request of ten cookies, a response of one | instructions | time | at a million a second |\n|---|--:|--:|--:|\n",
    );
    for ((name, _), timing) in EXCHANGES.iter().zip(std::iter::once(ours).chain(theirs)) {
        let instructions = counted(name).map_or_else(|| "not counted".to_owned(), |count| count.to_string());
        let cores = timing.median * 1e-9 * REQUESTS;
        writeln!(table, "| {name} | {instructions} | {} | {cores:.2} cores |", report::time(timing.median)).unwrap();
    }
    table
}

/// The instructions of one exchange, by callgrind, where valgrind is installed.
fn counted(name: &str) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect={}::counted_exchange", module_path!()))
        .arg(program)
        .args(["--once", name])
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}

/// Does the exchange of one under callgrind: twice before, since the first fills buffers, and once to be counted.
pub fn once(name: &str) {
    let (_, exchange) = EXCHANGES.iter().find(|(known, _)| *known == name).expect("a contestant");
    let mut exchange = exchange();
    exchange();
    exchange();
    counted_exchange(&mut *exchange);
}

#[inline(never)]
fn counted_exchange(exchange: &mut dyn FnMut()) {
    exchange();
    std::hint::black_box(());
}
