//! Chromium and Firefox, driven: what they keep and send, beside what the crate says they do.
//!
//! Where a browser is not installed, its tests are skipped, unless `BROWSERS_REQUIRED` is set.

#![forbid(unsafe_code)]

mod chromium;
mod driver;
mod firefox;
mod process;
pub mod sites;

use core::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::thread;

use demo::{Keys, router};
use hardtack::agent::{Profile, ThirdParties};
use tokio::net::TcpListener;

use crate::chromium::Chromium;
pub use crate::driver::{Command, Driver, Stored};
use crate::firefox::Firefox;

/// Why a browser did not do what it was told.
pub type Failure = Box<dyn Error + Send + Sync>;

/// How a browser is set up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// The port at which the sites below `.example` are.
    pub sites: Option<u16>,
    /// What the user decided about third parties' cookies.
    pub third_parties: Option<ThirdParties>,
}

/// Begins a browser with the profile in a directory.
pub type Begin = fn(&Path, Settings) -> Result<Box<dyn Driver>, Failure>;

/// The browsers that are installed, by name.
///
/// # Errors
///
/// - one that is not installed, where `BROWSERS_REQUIRED` is set
pub fn installed() -> Result<Vec<(&'static str, Begin)>, Failure> {
    let known: [(&str, &[&str], Begin); 2] = [
        ("chromium", &["chromium", "chromedriver"], |profile, settings| {
            Ok(Box::new(Chromium::begin(profile, settings)?))
        }),
        ("firefox", &["firefox-esr"], |profile, settings| Ok(Box::new(Firefox::begin(profile, settings)?))),
    ];
    let mut found = Vec::new();
    for (name, programs, begin) in known {
        match programs.iter().find(|program| !process::is_installed(program)) {
            None => found.push((name, begin)),
            Some(program) if std::env::var_os("BROWSERS_REQUIRED").is_some() => {
                return Err(format!("{program} is not installed").into());
            }
            Some(program) => println!("skipped {name}: no {program}"),
        }
    }
    Ok(found)
}

/// The major version that the crate's profile describes.
#[must_use]
pub const fn described(profile: Profile) -> u32 {
    match profile {
        Profile::Chromium => 156,
        Profile::Firefox => 153,
        _ => 0,
    }
}

/// Ends a comparison: of the version that the profile describes every difference is a failure, and of another one it is
/// what changed since.
///
/// # Errors
///
/// - differences of the version that is described
pub fn conclude(browser: &dyn Driver, differences: &[String]) -> Result<(), Failure> {
    let (version, described) = (browser.version(), described(browser.profile()));
    for difference in differences {
        println!("{} {version}: {difference}", browser.profile());
    }
    if differences.is_empty() || version != described {
        println!(
            "{} {version}: {} differences; the profile describes version {described}",
            browser.profile(),
            differences.len()
        );
        return Ok(());
    }
    Err(format!("{} differences from the profile of {} {version}", differences.len(), browser.profile()).into())
}

/// Serves the demo on a free port until the process ends.
///
/// # Errors
///
/// - no port, no keys
pub fn serve_demo() -> Result<SocketAddr, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
    let address = listener.local_addr()?;
    let router = router(Keys::generate()?);
    thread::spawn(move || runtime.block_on(async { axum::serve(listener, router).await }));
    Ok(address)
}
