//! The signed and encrypted cookies of other frameworks, read and written.

#![forbid(unsafe_code)]
