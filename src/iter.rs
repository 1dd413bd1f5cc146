//! The iterators, which nobody types.

pub use crate::cookies::{GetAll, Iter, Refused};
pub use crate::edit::SplitJoined;
pub use crate::parse::Tokenize;
pub use crate::tokenizer::{Pairs, StrictPairs};
