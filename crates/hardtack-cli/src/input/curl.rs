//! A command of curl, as a browser's "copy as cURL" writes it.

use thiserror::Error;

use crate::input::field::{Field, FieldName, Request};

/// Why a command of curl was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CurlError {
    /// The text ends inside quotes.
    #[error("the curl command in line {line} ends inside quotes; copy it whole")]
    OpenQuote {
        /// Where it begins, from 1.
        line: usize,
    },
    /// `-b FILE`.
    #[error(
        "the curl command in line {line} reads its cookies from the file {file:?}; give their text, or list the file by `hardtack jar {file}`"
    )]
    CookieFile {
        /// Where it begins, from 1.
        line: usize,
        /// The file.
        file: String,
    },
}

/// Options of one letter that a value follows.
const LETTERS: &[u8] = b"AbcCdDeEFHhKmoPQrtTuUwxXyYzZ";

/// Options of several letters that a value follows, of those that stand in what people copy.
const WORDS: &[&str] = &[
    "cacert",
    "capath",
    "cert",
    "ciphers",
    "connect-timeout",
    "connect-to",
    "cookie",
    "cookie-jar",
    "data",
    "data-ascii",
    "data-binary",
    "data-raw",
    "data-urlencode",
    "dump-header",
    "form",
    "form-string",
    "header",
    "interface",
    "json",
    "key",
    "limit-rate",
    "max-redirs",
    "max-time",
    "oauth2-bearer",
    "output",
    "proxy",
    "proxy-header",
    "proxy-user",
    "range",
    "referer",
    "request",
    "resolve",
    "retry",
    "retry-delay",
    "retry-max-time",
    "tls-max",
    "tlsv1.3",
    "unix-socket",
    "upload-file",
    "url",
    "user",
    "user-agent",
    "write-out",
];

/// The Cookie fields a command would send.
pub(crate) fn fields(words: Vec<Vec<u8>>, line: usize) -> Result<Vec<Field>, CurlError> {
    let mut command = Command::default();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        if let Some(name) = word.strip_prefix(b"--") {
            let name = String::from_utf8_lossy(name).into_owned();
            let value = if WORDS.contains(&name.as_str()) { words.next() } else { None };
            command.option(&name, value);
        } else if let Some(letters) = word.strip_prefix(b"-").filter(|letters| !letters.is_empty()) {
            let mut rest = letters;
            while let Some((&letter, after)) = rest.split_first() {
                rest = after;
                let value = match (LETTERS.contains(&letter), after) {
                    (false, _) => None,
                    (true, []) => words.next(),
                    (true, value) => {
                        rest = &[];
                        Some(value.to_vec())
                    }
                };
                command.option(long(letter), value);
            }
        } else {
            command.url(&word);
        }
    }
    command.fields(line)
}

const fn long(letter: u8) -> &'static str {
    match letter {
        b'b' => "cookie",
        b'H' => "header",
        b'X' => "request",
        b'd' => "data",
        b'F' => "form",
        b'I' => "head",
        b'G' => "get",
        _ => "",
    }
}

#[derive(Default)]
struct Command {
    url: Option<String>,
    method: Option<String>,
    posts: bool,
    gets: bool,
    cookies: Vec<Vec<u8>>,
    file: Option<Vec<u8>>,
}

impl Command {
    fn option(&mut self, name: &str, value: Option<Vec<u8>>) {
        let value = value.unwrap_or_default();
        match name {
            "url" => self.url(&value),
            "cookie" if value.contains(&b'=') => self.cookies.push(value),
            // curl reads a file where a text without `=` follows.
            "cookie" => self.file = self.file.take().or(Some(value)),
            "request" => self.method = Some(String::from_utf8_lossy(&value).into_owned()),
            "head" => self.method = Some("HEAD".to_owned()),
            "get" => self.gets = true,
            "header" => {
                let colon = value.iter().position(|&byte| byte == b':').unwrap_or(value.len());
                let (name, text) = value.split_at(colon);
                if FieldName::from_ascii(name) == Some(FieldName::Cookie) {
                    self.cookies.push(text.strip_prefix(b":").unwrap_or(text).trim_ascii_start().to_vec());
                }
            }
            _ if name.starts_with("data") || name.starts_with("form") || name == "json" => self.posts = true,
            _ => {}
        }
    }

    fn url(&mut self, word: &[u8]) {
        let word = String::from_utf8_lossy(word);
        // Without a scheme curl means http.
        let url = if word.contains("://") { word.into_owned() } else { format!("http://{word}") };
        self.url.get_or_insert(url);
    }

    fn fields(self, line: usize) -> Result<Vec<Field>, CurlError> {
        let method = match (self.method, self.posts && !self.gets) {
            (Some(method), _) => method,
            (None, true) => "POST".to_owned(),
            (None, false) => "GET".to_owned(),
        };
        let request = self.url.map(|url| Request { method, url });
        // An empty file name only switches curl's cookies on.
        if let Some(file) = self.file.filter(|file| !file.is_empty()) {
            return Err(CurlError::CookieFile { line, file: String::from_utf8_lossy(&file).into_owned() });
        }
        let field = |text: Vec<u8>| Field { name: FieldName::Cookie, text, line, request: request.clone() };
        Ok(self.cookies.into_iter().map(field).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::CurlError;
    use crate::input::{Field, fields};

    fn shown(command: &str) -> Result<Vec<String>, CurlError> {
        let shown = |field: Field| {
            let request = field.request.map(|request| request.method + " " + &request.url);
            format!("{} | {}", String::from_utf8_lossy(&field.text), request.unwrap_or_default())
        };
        Ok(fields(command.as_bytes())?.into_iter().map(shown).collect())
    }

    #[test]
    fn commands() {
        let rows: [(&str, &str, &[&str]); 17] = [
            (
                "Chrome, for bash",
                "curl 'https://shop.example/cart?x=1' \\\n  -H 'accept: */*' \\\n  -b 'sid=1; theme=dark' \\\n  --compressed",
                &["sid=1; theme=dark | GET https://shop.example/cart?x=1"],
            ),
            (
                "Chrome, for cmd.exe",
                "curl ^\"https://shop.example/^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  -b ^\"sid=^%^41; t=^\\^\"x^\\^\"^\"\r\n",
                &["sid=%41; t=\"x\" | GET https://shop.example/"],
            ),
            (
                "Firefox",
                "curl 'https://shop.example/' --compressed -H 'User-Agent: x' -H 'Cookie: sid=1'",
                &["sid=1 | GET https://shop.example/"],
            ),
            ("a header in lower case", "curl https://a/ -H 'cookie:sid=1'", &["sid=1 | GET https://a/"]),
            ("a header without =, which is no file", "curl https://a/ -H 'cookie: sid'", &["sid | GET https://a/"]),
            ("the long option", "curl --cookie 'a=1' --url https://a/", &["a=1 | GET https://a/"]),
            ("letters together, a value that follows at once", "curl -sSba=1 https://a/", &["a=1 | GET https://a/"]),
            (
                "the value of another option is no URL",
                "curl -o out -e https://r/ -b a=1 https://a/",
                &["a=1 | GET https://a/"],
            ),
            ("of long options, too", "curl --referer https://r/ -b a=1 https://a/", &["a=1 | GET https://a/"]),
            ("data is posted", "curl https://a/ -b a=1 --data-raw 'x'", &["a=1 | POST https://a/"]),
            ("unless it goes into the URL", "curl https://a/ -b a=1 -G -d x", &["a=1 | GET https://a/"]),
            ("a method by name", "curl -X PUT https://a/ -b a=1 -d x", &["a=1 | PUT https://a/"]),
            ("without a scheme it is http", "curl a.example/x -b a=1", &["a=1 | GET http://a.example/x"]),
            ("a prompt before it", "$ curl https://a/ -b a=1", &["a=1 | GET https://a/"]),
            ("several", "curl https://a/ -b a=1 -b b=2", &["a=1 | GET https://a/", "b=2 | GET https://a/"]),
            ("ANSI-C quotes", "curl https://a/ -b $'a=it\\'s\\u00e9'", &["a=it's\u{e9} | GET https://a/"]),
            ("curl's cookies switched on", "curl https://a/ -b ''", &[]),
        ];
        for (why, command, expected) in rows {
            assert_eq!(
                shown(command).as_deref(),
                Ok(expected.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice()),
                "{why}"
            );
        }
    }

    #[test]
    fn commands_that_are_not_read() {
        assert_eq!(shown("\ncurl 'https://a/"), Err(CurlError::OpenQuote { line: 2 }));
        assert_eq!(
            shown("curl https://a/ -b jar.txt"),
            Err(CurlError::CookieFile { line: 1, file: "jar.txt".to_owned() })
        );
    }

    #[test]
    fn what_follows_a_command_is_read() {
        let text = "curl https://a/ -b a=1\nCookie: b=2\ncurl https://b/ \\\n -b c=3\n";
        let found = fields(text.as_bytes()).map(|fields| fields.iter().map(|field| field.line).collect());
        assert_eq!(found, Ok(vec![1, 2, 3]));
    }
}
