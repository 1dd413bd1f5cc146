//! The fields of the input, one after another.

use std::collections::HashMap;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use clap::ArgMatches;
use hardtack::agent::Context;
use hardtack::{CookieDate, SetCookie};
use hardtack_cli::agent::{Agents, RequestError};
use hardtack_cli::input::{CurlError, Field, FieldName, Line, Lines};
use hardtack_cli::reading::{CookieReading, SetCookieReading};
use hardtack_cli::screen::visible;
use thiserror::Error;

use crate::args::{Inspect, bare_texts};
use crate::requests::Requests;
use crate::status::{Failure, Status};
use crate::style::NOTE;
use crate::{json, recording, show, verdicts};

/// What is wrong with the arguments or the input.
#[derive(Debug, Error)]
enum InputError {
    #[error(
        "argument {0} is no header line, message or curl command; write \"Cookie: name=value\", or give bare text by --cookie or --set-cookie"
    )]
    NoField(usize),
    #[error("argument {0} is a file; pipe it in by < FILE, or give a recording by --har FILE")]
    File(usize),
    #[error(transparent)]
    Curl(#[from] CurlError),
    #[error("in the input's line {line}, the request's URL: {error}")]
    Url { line: usize, error: RequestError },
    #[error("--then needs --url, or an input that tells the URL, such as curl -v shows")]
    NoUrl,
}

/// Nothing to show.
pub(crate) const NOTHING: &str = "no Cookie or Set-Cookie field found; write one as \"Cookie: name=value\" or \"Set-Cookie: name=value; Secure\", pipe in what `curl -sv URL 2>&1` shows or a browser's \"copy as cURL\", or give a recording by --har FILE";

pub(crate) fn run(out: &mut impl Write, options: &Inspect, matches: &ArgMatches) -> Result<Status, Failure> {
    let requests = Requests::new(&options.session, matches).map_err(|error| Failure::usage(&error))?;
    let now = options.session.now.unwrap_or_else(|| std::time::SystemTime::now().into());
    if let Some(file) = &options.har {
        return recording::file(out, file, options, now);
    }
    let bare = bare_texts(options, matches);
    let agents = Agents::new(&options.session.profile.0);
    let mut report = Report {
        out,
        options,
        agents: match options.session.third_party {
            Some(policy) => agents.third_parties(policy.into()),
            None => agents,
        },
        requests,
        now,
        fields: 0,
        judged: false,
        set: HashMap::new(),
        status: Status::Fine,
    };
    if options.lines.is_empty() && bare.is_empty() {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            return Err(Failure::nothing());
        }
        let mut input = stdin.lock();
        if recording::begins(&mut input)? {
            return recording::read(report.out, input, None, options, now);
        }
        report.input(input)?;
    } else {
        report.arguments()?;
        for (index, (name, text)) in bare.into_iter().enumerate() {
            let field = Field { name, text: text.to_vec(), line: index + 1, request: None };
            report.field(&field)?;
        }
    }
    report.end()
}

struct Report<'o, W> {
    out: &'o mut W,
    options: &'o Inspect,
    agents: Agents,
    requests: Requests,
    now: CookieDate,
    fields: usize,
    /// Whether any Set-Cookie line had a URL.
    judged: bool,
    /// The line that set each cookie last, by name, domain, path and partition.
    set: HashMap<Identity, usize>,
    status: Status,
}

type Identity = (Option<String>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, bool);

impl<W: Write> Report<'_, W> {
    fn input(&mut self, mut input: impl BufRead) -> Result<(), Failure> {
        let mut lines = Lines::new();
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            let read = lines.line(&line).map_err(InputError::from)?;
            self.fields(&read.into_fields())?;
            // Whoever pipes a transcript in sees each line as it comes.
            self.out.flush()?;
            line.clear();
        }
        self.fields(&lines.end().map_err(InputError::from)?)
    }

    fn arguments(&mut self) -> Result<(), Failure> {
        let mut lines = Lines::new();
        for (index, argument) in self.options.lines.iter().enumerate() {
            lines.begin_text();
            let mut known = argument.is_empty();
            for line in argument.as_encoded_bytes().split_inclusive(|&byte| byte == b'\n') {
                let read = lines.line(line).map_err(InputError::from)?;
                known |= read != Line::Unknown;
                self.fields(&read.into_fields())?;
            }
            if !known {
                let number = index + 1;
                let file = Path::new(argument).is_file();
                return Err(if file { InputError::File(number) } else { InputError::NoField(number) }.into());
            }
        }
        self.fields(&lines.end().map_err(InputError::from)?)
    }

    fn fields(&mut self, fields: &[Field]) -> Result<(), Failure> {
        fields.iter().try_for_each(|field| self.field(field))
    }

    fn field(&mut self, field: &Field) -> Result<(), Failure> {
        if self.fields > 0 && !self.options.output.json {
            writeln!(self.out)?;
        }
        self.fields += 1;
        match field.name {
            FieldName::Cookie => Ok(self.cookie(field)?),
            FieldName::SetCookie => self.set_cookie(field),
        }
    }

    fn cookie(&mut self, field: &Field) -> io::Result<()> {
        let output = &self.options.output;
        let reading = CookieReading::new(&field.text);
        let refusal = reading.strict.as_ref().filter(|_| output.strict);
        if refusal.is_some() {
            self.status = Status::Refused;
        }
        if output.json {
            return writeln!(self.out, "{}", json::cookie(field, &reading, output));
        }
        if let Some(error) = refusal {
            return show::refused(self.out, field.name, &field.text, error, output.redact);
        }
        show::heading(self.out, field.name, field.request.as_ref().map(|request| request.url.as_str()))?;
        show::cookie(self.out, &reading, output)
    }

    fn set_cookie(&mut self, field: &Field) -> Result<(), Failure> {
        let output = &self.options.output;
        match SetCookieReading::new(&field.text) {
            Ok(reading) => {
                let replaces = self.replaces(field, &reading.cookie);
                if output.json {
                    writeln!(self.out, "{}", json::set_cookie(field, &reading, replaces, output))?;
                } else {
                    show::heading(self.out, field.name, None)?;
                    show::set_cookie(self.out, &reading, output)?;
                    if let Some(line) = replaces {
                        writeln!(self.out, "  {NOTE}takes the place of the cookie set in line {line}{NOTE:#}")?;
                    }
                }
            }
            Err(error) => {
                self.status = Status::Refused;
                if output.json {
                    writeln!(self.out, "{}", json::refused(field, &error))?;
                } else {
                    show::refused(self.out, field.name, &field.text, &error, output.redact)?;
                }
            }
        }
        if let Some(context) = self.context(field)? {
            self.judged = true;
            if verdicts::set(self.out, &mut self.agents, &field.text, &context, self.now, output.json)? {
                self.status = Status::Refused;
            }
        }
        Ok(())
    }

    /// The line that set the same cookie before.
    fn replaces(&mut self, field: &Field, cookie: &SetCookie<'_, [u8]>) -> Option<usize> {
        let id = cookie.id();
        let host = field.request.as_ref().map(|request| request.url.split('/').nth(2).unwrap_or_default().to_owned());
        let id = (host, id.name.to_vec(), id.domain.map(<[u8]>::to_vec), id.path.map(<[u8]>::to_vec), id.partitioned);
        self.set.insert(id, field.line)
    }

    /// The request of `--url`, or else the one the input tells.
    fn context(&self, field: &Field) -> Result<Option<Context>, InputError> {
        if let Some(context) = &self.requests.url {
            return Ok(Some(context.clone()));
        }
        let Some(request) = &field.request else {
            return Ok(None);
        };
        let mut circumstances = self.requests.common.clone();
        circumstances.method.get_or_insert_with(|| request.method.clone());
        let context = circumstances.request(&request.url);
        context.map(Some).map_err(|error| InputError::Url { line: field.line, error })
    }

    fn end(self) -> Result<Status, Failure> {
        let Self { out, options, agents, requests, now, .. } = self;
        if self.fields == 0 {
            return Err(Failure::nothing());
        }
        if !requests.then.is_empty() && !self.judged && requests.url.is_none() {
            return Err(InputError::NoUrl.into());
        }
        for context in &requests.then {
            if !options.output.json {
                writeln!(out)?;
            }
            verdicts::request(out, &agents, context, now, (options.output.json, options.output.redact))?;
        }
        Ok(self.status)
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::usage(&visible(error.to_string().as_bytes()))
    }
}
