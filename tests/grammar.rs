//! Every fault of a request's cookies, and no more of them than are kept.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardtack::grammar::{self, GrammarError};

#[test]
fn each_fault_has_its_field_and_its_offset_and_no_value() {
    /// Cookie fields; field and offset of each fault.
    type Row = (&'static [&'static [u8]], &'static [(usize, usize)]);
    let rows: [Row; 8] = [
        (&[], &[]),
        (&[b""], &[]),
        (&[b"a=1; b=\"2\"", b"c=3"], &[]),
        (&[b"a=secret;b=secret"], &[(0, 9)]),
        (&[b"a=secret, x; b"], &[(0, 8), (0, 13)]),
        (&[b"a=1", b"b=\xC3\xA9", b"c=1; =secret"], &[(1, 2), (2, 5)]),
        (&[b"a=1;"], &[(0, 4)]),
        (&[b"a=1", b"secret"], &[(1, 0)]),
    ];
    for (fields, faults) in rows {
        let found = grammar::check(fields.iter().copied());
        let Err(error) = found else {
            assert!(faults.is_empty(), "{fields:?}");
            continue;
        };
        let found: Vec<_> = error.faults().iter().map(|fault| (fault.field, fault.error.offset())).collect();
        assert_eq!(found, faults, "{fields:?}: {error}");
        assert_eq!(error.omitted(), 0);
        assert_eq!(error.to_string().lines().count(), 1 + faults.len());
        assert!(!error.to_string().contains("secret") && !format!("{error:?}").contains("secret"), "{error}");
    }
}

#[test]
fn a_request_does_not_choose_how_long_the_answer_is() {
    for (count, kept) in [(31, 31), (32, 32), (33, 32), (10_000, 32)] {
        let error = grammar::check(["a=1", &*vec!["a"; count].join("; ")]).unwrap_err();
        assert_eq!((error.faults().len(), error.omitted()), (kept, count - kept));
        assert_eq!(error.to_string().ends_with(&format!("\nand {} more", count - kept)), count > kept);
    }
    assert_eq!(GrammarError::MAX_FAULTS, 32);
}
