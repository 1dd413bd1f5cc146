//! Values signed, verified, encrypted and opened, beside `cookie`'s jars and biscotti.
//!
//! A jar of `cookie` and a processor of biscotti are asked as their users ask them: the cookie is made, put in, and taken
//! out again.

use std::fmt::Write as _;
use std::hint::black_box;

use biscotti::config::{CryptoAlgorithm, CryptoRule};
use biscotti::{Processor, ProcessorConfig, ResponseCookie};
use cookie::{Cookie, CookieJar};
use hardtack::CookieDate;
use hardtack::seal::{Key, Sealer, Signer};

use crate::contest::{Contest, Timing};
use crate::counting;
use crate::report;

const NAME: &str = "sid";
/// A session id as a UUID is written.
const VALUE: &str = "550e8400-e29b-41d4-a716-446655440000";
const MASTER: [u8; 64] = [0x5A; 64];

/// What is timed, and at most what share of each other's time it may take.
struct Bout {
    contest: Contest<'static>,
    bars: Vec<Option<f64>>,
}

/// Runs all, prints the table, and gives the text of the section.
pub fn run(rounds: usize) -> String {
    let mut table =
        String::from("| work, 36 octets | hardtack | against | takes | share | of minima | at most | met |\n");
    table.push_str("|---|--:|---|--:|--:|--:|--:|---|\n");
    for Bout { mut contest, bars } in bouts() {
        let (ours, theirs) = contest.run(rounds);
        for ((rival, theirs), bar) in contest.theirs.iter().zip(theirs).zip(bars) {
            line(&mut table, &contest.work, ours, rival.contestant.name, theirs, bar);
        }
    }
    table.push_str("\n| allocations | hardtack | at most |\n|---|--:|--:|\n");
    for (what, count) in allocations() {
        writeln!(table, "| {what} | {count} | 1 |").unwrap();
    }
    table
}

fn line(table: &mut String, work: &str, ours: Timing, peer: &str, theirs: Timing, bar: Option<f64>) {
    let share = ours.median / theirs.median;
    let least = ours.minimum / theirs.minimum;
    let (ours, takes) = (report::time(ours.median), report::time(theirs.median));
    let met = match bar {
        None => "",
        Some(bar) if share <= bar => "yes",
        Some(_) => "no",
    };
    let bar = bar.map_or_else(String::new, |bar| format!("{bar:.1}"));
    writeln!(table, "| {work} | {ours} | {peer} | {takes} | {share:.2} | {least:.2} | {bar} | {met} |").unwrap();
}

fn now() -> CookieDate {
    CookieDate::from_unix_timestamp(1_800_000_000)
}

fn signer() -> Signer {
    Signer::new(Key::from_master(&MASTER).expect("64 octets")).lifetime(std::time::Duration::from_secs(3600))
}

fn sealer() -> Sealer {
    Sealer::new(Key::from_master(&MASTER).expect("64 octets")).lifetime(std::time::Duration::from_secs(3600))
}

fn processor(algorithm: CryptoAlgorithm) -> Processor {
    let mut config = ProcessorConfig::default();
    config.percent_encode = false;
    let key = biscotti::Key::from(MASTER.to_vec());
    config.crypto_rules.push(CryptoRule { cookie_names: vec![NAME.to_owned()], algorithm, key, fallbacks: Vec::new() });
    config.into()
}

fn bouts() -> Vec<Bout> {
    vec![sign(), verify(), encrypt(), open()]
}

fn sign() -> Bout {
    let (signer, processor) = (signer(), processor(CryptoAlgorithm::Signing));
    let (mut jar, key) = (CookieJar::new(), cookie::Key::from(&MASTER));
    let contest = Contest::new("sign", "hardtack", move || {
        black_box(signer.seal(black_box(NAME), black_box(VALUE), now()).expect("a seal"));
    })
    .against("cookie SignedJar::add", None, None, move || {
        jar.signed_mut(&key).add(Cookie::new(black_box(NAME), black_box(VALUE)));
    })
    .against("biscotti process_outgoing", None, None, move || {
        black_box(processor.process_outgoing(ResponseCookie::new(black_box(NAME), black_box(VALUE))));
    });
    Bout { contest, bars: vec![Some(0.7), None] }
}

fn verify() -> Bout {
    let (signer, processor) = (signer(), processor(CryptoAlgorithm::Signing));
    let text = signer.seal(NAME, VALUE, now()).expect("a seal");
    let (mut jar, key) = (CookieJar::new(), cookie::Key::from(&MASTER));
    jar.signed_mut(&key).add(Cookie::new(NAME, VALUE));
    let theirs = processor.process_outgoing(ResponseCookie::new(NAME, VALUE)).value().to_owned();
    assert_eq!(signer.open(NAME, text.as_str(), now()).expect("authentic").value, VALUE);
    assert_eq!(jar.signed(&key).get(NAME).expect("authentic").value(), VALUE);
    assert_eq!(processor.process_incoming(NAME, &theirs).expect("authentic").value(), VALUE);
    let contest = Contest::new("verify", "hardtack", move || {
        black_box(signer.open(black_box(NAME), black_box(text.as_str()), now()).expect("authentic"));
    })
    .against("cookie SignedJar::get", None, None, move || {
        black_box(jar.signed(&key).get(black_box(NAME)).expect("authentic"));
    })
    .against("biscotti process_incoming", None, None, move || {
        black_box(processor.process_incoming(black_box(NAME), black_box(&theirs)).expect("authentic"));
    });
    Bout { contest, bars: vec![Some(0.8), None] }
}

fn encrypt() -> Bout {
    let (sealer, processor) = (sealer(), processor(CryptoAlgorithm::Encryption));
    let (mut jar, key) = (CookieJar::new(), cookie::Key::from(&MASTER));
    let contest = Contest::new("seal", "hardtack", move || {
        black_box(sealer.seal(black_box(NAME), black_box(VALUE), now()).expect("a seal"));
    })
    .against("cookie PrivateJar::add", None, None, move || {
        jar.private_mut(&key).add(Cookie::new(black_box(NAME), black_box(VALUE)));
    })
    .against("biscotti process_outgoing", None, None, move || {
        black_box(processor.process_outgoing(ResponseCookie::new(black_box(NAME), black_box(VALUE))));
    });
    Bout { contest, bars: vec![Some(2.0), None] }
}

fn open() -> Bout {
    let (sealer, processor) = (sealer(), processor(CryptoAlgorithm::Encryption));
    let text = sealer.seal(NAME, VALUE, now()).expect("a seal");
    let (mut jar, key) = (CookieJar::new(), cookie::Key::from(&MASTER));
    jar.private_mut(&key).add(Cookie::new(NAME, VALUE));
    let theirs = processor.process_outgoing(ResponseCookie::new(NAME, VALUE)).value().to_owned();
    assert_eq!(sealer.open(NAME, text.as_str(), now()).expect("authentic").value, VALUE);
    assert_eq!(jar.private(&key).get(NAME).expect("authentic").value(), VALUE);
    assert_eq!(processor.process_incoming(NAME, &theirs).expect("authentic").value(), VALUE);
    let contest = Contest::new("open", "hardtack", move || {
        black_box(sealer.open(black_box(NAME), black_box(text.as_str()), now()).expect("authentic"));
    })
    .against("cookie PrivateJar::get", None, None, move || {
        black_box(jar.private(&key).get(black_box(NAME)).expect("authentic"));
    })
    .against("biscotti process_incoming", None, None, move || {
        black_box(processor.process_incoming(black_box(NAME), black_box(&theirs)).expect("authentic"));
    });
    Bout { contest, bars: vec![Some(1.0), None] }
}

fn allocations() -> [(&'static str, usize); 4] {
    let (signer, sealer) = (signer(), sealer());
    let mut buffer = String::with_capacity(4096);
    let sign = counting::allocations(|| signer.seal_into(NAME, VALUE, now(), &mut buffer).expect("a seal"));
    let signed = std::mem::take(&mut buffer);
    let verify = counting::allocations(|| drop(black_box(signer.open(NAME, signed.as_str(), now()))));
    buffer.reserve(4096);
    let seal = counting::allocations(|| sealer.seal_into(NAME, VALUE, now(), &mut buffer).expect("a seal"));
    let open = counting::allocations(|| drop(black_box(sealer.open(NAME, buffer.as_str(), now()))));
    [("sign into a buffer", sign), ("verify", verify), ("seal into a buffer", seal), ("open", open)]
}
