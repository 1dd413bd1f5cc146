//! Who is logged in, on the server's side.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// The most sessions that are kept: beyond it the oldest ends.
const MAX_SESSIONS: usize = 1000;

/// Sessions by their id.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    users: HashMap<String, String>,
    /// Ids in the order of their beginning; of sessions that have ended, too.
    begun: VecDeque<String>,
}

impl Sessions {
    /// Begins a session under an id that nobody can guess.
    pub(crate) fn begin(&self, user: &str) -> Result<String, getrandom::Error> {
        let mut octets = [0; 16];
        getrandom::fill(&mut octets)?;
        let id = format!("{:032x}", u128::from_ne_bytes(octets));
        self.with(|kept| {
            kept.begun.push_back(id.clone());
            kept.users.insert(id.clone(), user.to_owned());
            while kept.begun.len() > MAX_SESSIONS {
                if let Some(oldest) = kept.begun.pop_front() {
                    kept.users.remove(&oldest);
                }
            }
        });
        Ok(id)
    }

    pub(crate) fn user(&self, id: &str) -> Option<String> {
        self.with(|kept| kept.users.get(id).cloned())
    }

    pub(crate) fn end(&self, id: &str) {
        self.with(|kept| kept.users.remove(id));
    }

    fn with<R>(&self, act: impl FnOnce(&mut Kept) -> R) -> R {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
