//! A law a file: `law` is told an input, and panics where the crate breaks it.

use crate::corpus::made_up;

#[cfg(feature = "agent")]
pub mod agent;
#[cfg(feature = "agent")]
mod agent_model;
pub mod builder;
pub mod cookie_date;
pub mod cookie_header;
pub mod cookie_lookup;
pub mod edit;
pub mod jar;
#[cfg(feature = "seal")]
pub mod seal;
pub mod serialize;
pub mod set_cookie;
pub mod template;
pub mod tombstone;
pub mod value_codec;

/// The name of a target, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// The targets whose laws are here.
pub const TARGETS: &[Target] = &[
    #[cfg(feature = "agent")]
    ("agent", |input| made_up(input, agent::law)),
    ("builder", |input| made_up(input, builder::law)),
    ("cookie_date", cookie_date::law),
    ("cookie_header", cookie_header::law),
    ("cookie_lookup", |input| made_up(input, cookie_lookup::law)),
    ("edit", |input| made_up(input, edit::law)),
    ("jar", |input| made_up(input, jar::law)),
    #[cfg(feature = "seal")]
    ("seal", |input| made_up(input, seal::law)),
    ("serialize", |input| made_up(input, serialize::law)),
    ("set_cookie", set_cookie::law),
    ("template", |input| made_up(input, template::law)),
    ("tombstone", |input| made_up(input, tombstone::law)),
    ("value_codec", value_codec::law),
];
