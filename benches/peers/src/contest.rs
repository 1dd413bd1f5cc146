//! Timing that a busy machine does not bend: contestants take turns, and the median of many short turns counts.

use std::time::{Duration, Instant};

/// How long one turn is meant to last: long enough for the clock, short beside the scheduler's slice.
const TURN: Duration = Duration::from_micros(400);

/// One piece of work, done by this crate and by others.
pub struct Contest<'a> {
    pub work: String,
    pub ours: Contestant<'a>,
    pub theirs: Vec<Rival<'a>>,
}

/// One way to do the work.
pub struct Contestant<'a> {
    pub name: &'static str,
    // Does the work so many times.
    repeat: Box<dyn FnMut(u32) + 'a>,
}

/// A contestant, and by how much this crate is to be the faster one.
pub struct Rival<'a> {
    pub contestant: Contestant<'a>,
    pub bar: Option<f64>,
    pub aim: Option<f64>,
}

/// Nanoseconds for the work done once.
#[derive(Clone, Copy)]
pub struct Timing {
    pub median: f64,
    pub minimum: f64,
}

impl<'a> Contest<'a> {
    pub fn new(work: impl Into<String>, name: &'static str, ours: impl FnMut() + 'a) -> Self {
        Self { work: work.into(), ours: Contestant::new(name, ours), theirs: Vec::new() }
    }

    pub fn against(
        mut self,
        name: &'static str,
        bar: impl Into<Option<f64>>,
        aim: impl Into<Option<f64>>,
        work: impl FnMut() + 'a,
    ) -> Self {
        self.theirs.push(Rival { contestant: Contestant::new(name, work), bar: bar.into(), aim: aim.into() });
        self
    }

    /// The timing of this crate, and those of the others in their order.
    pub fn run(&mut self, rounds: usize) -> (Timing, Vec<Timing>) {
        let mut contestants: Vec<&mut Contestant<'a>> =
            std::iter::once(&mut self.ours).chain(self.theirs.iter_mut().map(|rival| &mut rival.contestant)).collect();
        let counts: Vec<u32> = contestants.iter_mut().map(|contestant| contestant.times_in_a_turn()).collect();
        let mut turns = vec![Vec::with_capacity(rounds); contestants.len()];
        for round in 0..rounds {
            // Whoever begins changes from round to round.
            for position in 0..contestants.len() {
                let who = (round + position) % contestants.len();
                let spent = contestants[who].turn(counts[who]);
                turns[who].push(spent.as_secs_f64() * 1e9 / f64::from(counts[who]));
            }
        }
        let mut timings = turns.into_iter().map(Timing::of);
        let ours = timings.next().expect("this crate is a contestant");
        (ours, timings.collect())
    }
}

impl<'a> Contestant<'a> {
    fn new(name: &'static str, mut work: impl FnMut() + 'a) -> Self {
        let repeat = move |times| {
            for _ in 0..times {
                work();
            }
        };
        Self { name, repeat: Box::new(repeat) }
    }

    fn turn(&mut self, times: u32) -> Duration {
        let start = Instant::now();
        (self.repeat)(times);
        start.elapsed()
    }

    fn times_in_a_turn(&mut self) -> u32 {
        let mut times = 1;
        while self.turn(times) < TURN {
            times = times.saturating_mul(2);
        }
        times
    }
}

impl Timing {
    fn of(mut turns: Vec<f64>) -> Self {
        turns.sort_by(f64::total_cmp);
        Self { median: turns[turns.len() / 2], minimum: turns[0] }
    }
}
