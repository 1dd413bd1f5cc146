//! How long a release build from nothing takes, by the clock and of the processors.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::{inputs, readme, report};

const ROUNDS: usize = 5;

/// A package with one dependency and nothing else.
struct Package {
    name: &'static str,
    directory: PathBuf,
    seconds: Vec<f64>,
    processor_seconds: Vec<f64>,
}

/// Builds one package that needs hardtack and one that needs cookie, in turns, each into an empty directory.
pub fn run(write: bool) {
    let place = std::env::temp_dir().join(format!("hardtack-build-times-{}", std::process::id()));
    let hardtack = format!("hardtack = {{ path = \"{}\" }}", inputs::root().display());
    let cookie = "cookie = { version = \"=0.18.2\", features = [\"percent-encode\"] }";
    let mut packages = [
        Package::new("hardtack, default features", &place.join("hardtack"), &hardtack),
        Package::new("cookie 0.18.2, `percent-encode`", &place.join("cookie"), cookie),
    ];
    for _ in 0..ROUNDS {
        packages.iter_mut().for_each(Package::build);
    }

    let mut table = String::from(
        "| release build from nothing | crates | median | least | of all processors: median | least |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for package in &mut packages {
        package.seconds.sort_by(f64::total_cmp);
        package.processor_seconds.sort_by(f64::total_cmp);
        let ([least, ..], [least_of_all, ..]) = (&*package.seconds, &*package.processor_seconds) else {
            continue;
        };
        let (median, median_of_all) = (package.seconds[ROUNDS / 2], package.processor_seconds[ROUNDS / 2]);
        writeln!(
            table,
            "| {} | {} | {median:.1} s | {least:.1} s | {median_of_all:.1} s | {least_of_all:.1} s |",
            package.name,
            package.crates()
        )
        .unwrap();
    }
    let [ours, theirs] = &packages;
    let ratio = ours.processor_seconds[ROUNDS / 2] / theirs.processor_seconds[ROUNDS / 2];
    writeln!(table, "\nOf all processors: {ratio:.2} times (bar 1.1, aim 1).").unwrap();
    println!("{table}");
    if write {
        let heading =
            format!("{}, {}; {ROUNDS} builds of each.", report::processor(), report::output("rustc", &["--version"]));
        readme::write("build times", &format!("{heading}\n\n{table}"));
    }
    std::fs::remove_dir_all(&place).expect("the directory was made here");
}

impl Package {
    fn new(name: &'static str, directory: &Path, dependency: &str) -> Self {
        let manifest = format!(
            "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependency}\n"
        );
        std::fs::create_dir_all(directory.join("src")).expect("a temporary directory");
        std::fs::write(directory.join("Cargo.toml"), manifest).expect("a temporary directory");
        std::fs::write(directory.join("src/lib.rs"), "").expect("a temporary directory");
        let package =
            Self { name, directory: directory.to_owned(), seconds: Vec::new(), processor_seconds: Vec::new() };
        // Downloads are no part of the build.
        package.cargo(&["fetch", "--quiet"]);
        package
    }

    fn build(&mut self) {
        let target = self.directory.join("target");
        let (start, before) = (Instant::now(), processor_seconds());
        self.cargo(&["build", "--release", "--offline", "--quiet"]);
        self.seconds.push(start.elapsed().as_secs_f64());
        self.processor_seconds.push(processor_seconds() - before);
        std::fs::remove_dir_all(target).expect("the build made it");
    }

    /// How many crates are built, build scripts' and macros' included and the empty package not.
    fn crates(&self) -> usize {
        let tree = Command::new("cargo")
            .args(["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe", "--offline"])
            .current_dir(&self.directory)
            .output()
            .expect("cargo");
        let tree = String::from_utf8_lossy(&tree.stdout).replace(" (proc-macro)", "");
        let crates: std::collections::BTreeSet<&str> = tree.lines().collect();
        crates.len() - 1
    }

    fn cargo(&self, arguments: &[&str]) {
        let status = Command::new("cargo")
            .args(arguments)
            .env("CARGO_TARGET_DIR", self.directory.join("target"))
            .current_dir(&self.directory)
            .status();
        assert!(status.expect("cargo").success(), "cargo {arguments:?} in {}", self.directory.display());
    }
}

/// What the processes that were waited for have taken so far, in user and in system mode; Linux counts it in hundredths.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which stands in parentheses, the 14th and 15th word.
    let words = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    words.skip(13).take(2).filter_map(|word| word.parse::<f64>().ok()).sum::<f64>() / 100.0
}
