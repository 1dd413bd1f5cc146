//! The inputs that campaigns kept, replayed by every target.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use hardtack_fuzz::laws::{TARGETS, Target};
use hardtack_fuzz::{compat, corpus, packed, peers};

/// Those that need more than the crate; the others are replayed by the tests of the crate as well.
const BESIDE: &[Target] = &[("compat", compat::law), ("peers", peers::law)];

#[test]
fn what_was_found_once_is_tried_again() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    for targets in [TARGETS, BESIDE] {
        assert!(corpus::replay(&corpora, targets) > 50 * targets.len());
    }
}

#[test]
fn every_target_is_replayed() -> io::Result<()> {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let replayed: BTreeSet<_> = [TARGETS, BESIDE].concat().iter().map(|(target, _)| (*target).to_owned()).collect();
    for directory in ["fuzz_targets", "corpora"] {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(directory))?;
        let targets = entries.map(|entry| Ok(stem(&entry?.path()))).collect::<io::Result<BTreeSet<_>>>()?;
        assert_eq!(targets, replayed, "{directory}");
    }
    Ok(())
}

#[test]
fn the_files_are_small() -> io::Result<()> {
    let mut octets = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora"))? {
        octets += entry?.metadata()?.len();
    }
    assert!(octets <= 300_000, "{octets} octets of inputs");
    Ok(())
}

#[test]
fn a_file_holds_its_inputs() {
    let inputs = [b"".to_vec(), b"a".to_vec(), vec![0xFF; 300]];
    let (file, count) = packed::file(&inputs, 1000);
    assert_eq!((packed::inputs(&file), count), (inputs.iter().map(Vec::as_slice).collect(), 3));
    assert_eq!(packed::file(&inputs, 300).1, 2, "what is beyond the room is left out");
    assert_eq!(packed::file(&[vec![0; 65536]], usize::MAX).1, 0, "a length is two octets");
}
