//! What both browsers are told by `WebDriver`, in its two dialects.

use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hardtack::SameSite;
use hardtack::agent::Profile;
use serde_json::{Value, json};

use crate::Failure;

/// How long a busy machine may take for a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// The key under which `WebDriver` gives an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A cookie as the browser keeps it.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, clippy::struct_excessive_bools, reason = "each is what it is called")]
pub struct Stored {
    pub name: String,
    pub value: String,
    pub domain: String,
    pub host_only: bool,
    pub path: String,
    pub secure: bool,
    pub http_only: bool,
    pub same_site: Option<SameSite>,
    /// Unix seconds.
    pub expires: Option<i64>,
    pub partitioned: bool,
}

/// A browser.
pub trait Driver {
    /// Which column of the table it is.
    fn profile(&self) -> Profile;

    /// Its major version.
    fn version(&self) -> u32;

    /// Sends a command of `WebDriver`: its method and path for Chromium, its name for Firefox.
    ///
    /// # Errors
    ///
    /// - whatever the browser answers with
    fn command(&mut self, command: Command<'_>) -> Result<Value, Failure>;

    /// Every cookie that is kept, of every host.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Self::command).
    fn stored(&mut self) -> Result<Vec<Stored>, Failure>;

    /// The browser's own words for why it refused cookies since this was called last; `None` where it has none.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Self::command).
    fn blocked(&mut self) -> Result<Option<Vec<String>>, Failure>;

    /// Draws pages as on a screen of so many pixels.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Self::command).
    fn screen(&mut self, width: u32, height: u32, dark: bool) -> Result<(), Failure>;

    /// Closes the browser as a person does.
    ///
    /// # Errors
    ///
    /// - a browser that does not close
    fn close(self: Box<Self>) -> Result<(), Failure>;
}

/// A command of `WebDriver` that both dialects have.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "WebDriver names and describes them")]
pub enum Command<'c> {
    Navigate { url: &'c str },
    FindElement { css: &'c str },
    Click { element: &'c str },
    Clear { element: &'c str },
    SendKeys { element: &'c str, text: &'c str },
    Script { script: &'c str, asynchronous: bool },
    Screenshot,
}

impl Command<'_> {
    /// The command's parameters.
    #[must_use]
    pub fn parameters(&self) -> Value {
        match *self {
            Self::Navigate { url } => json!({ "url": url }),
            Self::FindElement { css } => json!({ "using": "css selector", "value": css }),
            Self::Click { element } | Self::Clear { element } => json!({ "id": element }),
            Self::SendKeys { element, text } => json!({ "id": element, "text": text }),
            Self::Script { script, .. } => json!({ "script": script, "args": [] }),
            Self::Screenshot => json!({ "full": false }),
        }
    }
}

/// What tests say to a browser.
impl dyn Driver + '_ {
    /// Goes to a page, and waits for it.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command), as of all that follow.
    pub fn go(&mut self, url: &str) -> Result<(), Failure> {
        self.command(Command::Navigate { url })?;
        Ok(())
    }

    /// The text of the page as it is shown.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn text(&mut self) -> Result<String, Failure> {
        let text = self.script("return document.body.innerText")?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// What a script of the page returns.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn script(&mut self, script: &str) -> Result<Value, Failure> {
        self.command(Command::Script { script, asynchronous: false })
    }

    /// What a script of the page hands to the function that is its last argument.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn script_async(&mut self, script: &str) -> Result<Value, Failure> {
        self.command(Command::Script { script, asynchronous: true })
    }

    /// Types a text into a field, in place of what is there.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn fill(&mut self, css: &str, text: &str) -> Result<(), Failure> {
        let element = self.find(css)?;
        self.command(Command::Clear { element: &element })?;
        self.command(Command::SendKeys { element: &element, text })?;
        Ok(())
    }

    /// Clicks what sends a form or follows a link, and waits for the next page.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command), and a page that does not come.
    pub fn click(&mut self, css: &str) -> Result<(), Failure> {
        let element = self.find(css)?;
        self.script("window.isOld = true")?;
        self.command(Command::Click { element: &element })?;
        let begun = Instant::now();
        loop {
            // Between two pages there may be none to ask.
            if let Ok(is_new) = self.script("return !window.isOld && document.readyState === 'complete'")
                && is_new == Value::Bool(true)
            {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("no page after a click on {css}").into());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks what changes this page alone.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn choose(&mut self, css: &str) -> Result<(), Failure> {
        let element = self.find(css)?;
        self.command(Command::Click { element: &element })?;
        Ok(())
    }

    /// Presses a key while an element has the focus: Tab is U+E004, Enter is U+E007.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn press(&mut self, css: &str, key: char) -> Result<(), Failure> {
        let element = self.find(css)?;
        self.command(Command::SendKeys { element: &element, text: &key.to_string() })?;
        Ok(())
    }

    /// The screen as PNG.
    ///
    /// # Errors
    ///
    /// Those of [`command`](Driver::command).
    pub fn screenshot(&mut self) -> Result<Vec<u8>, Failure> {
        let text = self.command(Command::Screenshot)?;
        Ok(BASE64_STANDARD.decode(text.as_str().unwrap_or_default())?)
    }

    fn find(&mut self, css: &str) -> Result<String, Failure> {
        let found = self.command(Command::FindElement { css })?;
        let element = found.get(ELEMENT).and_then(Value::as_str);
        element.map(str::to_owned).ok_or_else(|| format!("no element {css}").into())
    }
}
