//! Packs what a campaign learnt.

use std::ffi::OsString;
use std::path::Path;
use std::{fs, io};

use crate::{HOME, packed};

/// The octets that a file may have: one that would need more has the shortest inputs alone.
const MOST: usize = 48_000;

pub(crate) fn keep(home: &Path, targets: impl Iterator<Item = OsString>) -> io::Result<()> {
    let corpora = Path::new(HOME).join("corpora");
    fs::create_dir_all(&corpora)?;
    for target in targets {
        let mut inputs = Vec::new();
        for entry in fs::read_dir(home.join(&target))? {
            inputs.push(fs::read(entry?.path())?);
        }
        // The shortest first, and those of one length in an order of their own, so that a file changes little.
        inputs.sort_unstable_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
        let (file, count) = packed::file(&inputs, MOST);
        println!("{}: {count} of {} inputs, {} octets", target.display(), inputs.len(), file.len());
        fs::write(corpora.join(&target).with_extension("bin"), file)?;
    }
    Ok(())
}
