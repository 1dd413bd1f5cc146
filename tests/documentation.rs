//! What the documentation promises a reader: examples that do not scroll, no line that is not shown, links that lead
//! somewhere.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Wider examples scroll in the pages that rustdoc makes.
const WIDEST: usize = 90;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_str().is_some_and(|path| path.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The lines of a Markdown text that stand in a block of code, with what names the block and the line's number.
fn code<'m>(markdown: impl Iterator<Item = (usize, &'m str)>) -> Vec<(&'m str, usize, &'m str)> {
    let mut block = None;
    let mut lines = Vec::new();
    for (number, line) in markdown {
        match (block, line.strip_prefix("```")) {
            (None, Some(language)) => block = Some(language.trim()),
            (Some(_), Some(_)) => block = None,
            (Some(language), None) => lines.push((language, number, line)),
            (None, None) => {}
        }
    }
    lines
}

/// The documentation in comments of Rust.
fn comments(rust: &str) -> impl Iterator<Item = (usize, &str)> {
    rust.lines().enumerate().filter_map(|(index, line)| {
        let line = line.trim_start();
        let line = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
        Some((index + 1, line.strip_prefix(' ').unwrap_or(line)))
    })
}

fn pages() -> Vec<(PathBuf, String)> {
    let guide = files(&root().join("src/guide"), ".md").into_iter();
    guide.chain([root().join("README.md")]).map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn examples_fit_their_pages() {
    let mut wide = Vec::new();
    let mut check = |path: &Path, lines: Vec<(&str, usize, &str)>| {
        for (language, number, line) in lines {
            let width = line.strip_prefix("# ").map_or(line.chars().count(), |_| 0);
            // A session is as wide as what a command prints, a vector as what it holds; and what does not compile in a
            // comment is a test that no page shows.
            let may_be_wide = matches!(language, "console" | "json") || language.starts_with("compile_fail");
            if width > WIDEST && !may_be_wide {
                wide.push(format!("{}:{number}: {width} columns", path.strip_prefix(root()).unwrap().display()));
            }
        }
    };
    for (path, text) in &pages() {
        check(path, code((1..).zip(text.lines())));
    }
    for path in files(&root().join("src"), ".rs") {
        check(&path, code(comments(&fs::read_to_string(&path).unwrap())));
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn every_line_of_an_example_is_shown() {
    for (path, text) in &pages() {
        for (language, number, line) in code((1..).zip(text.lines())) {
            let is_hidden = language.starts_with("rust") && (line == "#" || line.starts_with("# "));
            assert!(!is_hidden, "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn the_guide_has_every_page_it_names() {
    let index = fs::read_to_string(root().join("src/guide/mod.rs")).unwrap();
    for path in files(&root().join("src/guide"), ".md") {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        assert!(index.contains(&format!("include_str!(\"{name}\")")), "{name} is no page");
        let module = name.trim_end_matches(".md").replace('-', "_");
        assert!(index.contains(&format!("//! | [`{module}`] |")), "{name} is not in the table");
    }
}

/// A page that sends a reader to a package names one that there is.
#[test]
fn packages_that_pages_name_are_there() {
    if !root().join(".ci").is_dir() {
        println!("skipped: a package holds no other packages");
        return;
    }
    let mut named = 0;
    for (path, text) in &pages() {
        for rest in text.split("hardtack-").skip(1) {
            let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
            assert!(root().join(format!("crates/hardtack-{name}")).is_dir(), "{}: hardtack-{name}", path.display());
            named += 1;
        }
    }
    assert!(named > 0, "the pages name packages");
}

/// Links of the README to files of the repository.
#[test]
fn links_of_the_readme_lead_somewhere() {
    if !root().join(".ci").is_dir() {
        println!("skipped: a package leaves out what the README links");
        return;
    }
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let targets: Vec<_> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let files = targets.iter().filter(|target| !target.contains("://") && !target.starts_with('#'));
    for target in files.clone() {
        let path = target.split('#').next().unwrap_or_default();
        assert!(root().join(path).exists(), "{target}");
    }
    assert!(files.count() > 0, "the README links the guide");
}
