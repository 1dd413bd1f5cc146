//! A jar that is a list of lines, judged by their letters.

pub(crate) const GONE: &str = "DELETED; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0";

/// A call of a jar.
#[derive(Clone, Debug)]
pub(crate) enum Call {
    Set(String),
    Delete(String),
    Forget(String),
}

/// Who the cookie of a line is, by the letters of the line: its name, and what of it is of its scope.
fn identity(line: &str) -> impl Iterator<Item = &str> {
    let is_scope = |part: &&str| part.starts_with("Path") || *part == "Partitioned" || part.starts_with("Domain");
    core::iter::once(name(line)).chain(line.split("; ").filter(is_scope))
}

pub(crate) fn is_gone(line: &str) -> bool {
    let lives = line.contains("Max-Age=9");
    line.contains("=DELETED") || line.contains("Max-Age=0") || line.contains("1970") && !lives
}

fn name(line: &str) -> &str {
    line.split('=').next().unwrap_or_default()
}

fn value(line: &str) -> &str {
    line.split(['=', ';']).nth(1).unwrap_or_default()
}

/// A jar that is a list of lines.
#[derive(Default)]
pub(crate) struct Naive {
    pub(crate) request: Vec<(String, String)>,
    pub(crate) changes: Vec<String>,
}

impl Naive {
    fn place(&self, line: &str) -> Option<usize> {
        self.changes.iter().position(|change| identity(change).eq(identity(line)))
    }

    fn set(&mut self, line: String) {
        match self.place(&line) {
            Some(place) => self.changes[place] = line,
            None => self.changes.push(line),
        }
    }

    pub(crate) fn original(&self, wanted: &str) -> Option<&str> {
        let found = self.request.iter().find(|(name, value)| name == wanted && value != "DELETED");
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn call(&mut self, call: &Call) {
        match call.clone() {
            Call::Set(line) => self.set(line),
            Call::Delete(line) => match self.place(&line) {
                Some(place) if !is_gone(&self.changes[place]) && self.original(name(&line)).is_none() => {
                    self.changes.remove(place);
                }
                _ if is_gone(&line) => self.set(line),
                _ => {
                    let scope: Vec<_> = line
                        .split("; ")
                        .skip(1)
                        .filter(|part| !part.starts_with("Max-Age") && !part.starts_with("Expires"))
                        .collect();
                    let secure = if line.contains("Partitioned") { "; Secure" } else { "" };
                    let gone =
                        [vec![format!("{}={GONE}", name(&line))], scope.iter().map(ToString::to_string).collect()]
                            .concat();
                    self.set(gone.join("; ").replace("; Partitioned", &format!("{secure}; Partitioned")));
                }
            },
            Call::Forget(line) => {
                if let Some(place) = self.place(&line) {
                    self.changes.remove(place);
                }
            }
        }
    }

    pub(crate) fn get(&self, wanted: &str) -> Option<&str> {
        let mut of_name = self.changes.iter().filter(|change| name(change) == wanted).peekable();
        if of_name.peek().is_none() {
            return self.original(wanted);
        }
        of_name.rfind(|change| !is_gone(change)).map(|change| value(change))
    }
}
