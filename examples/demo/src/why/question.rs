//! What is asked: the form, and the request it describes.

use hardtack::agent::{Profile, ThirdParties};
use hardtack_cli::agent::{Agents, Circumstances};
use maud::{Markup, html};
use serde::Deserialize;

use crate::reading::Values;

/// The form as it was sent.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Question {
    /// Lines, a transcript or command of curl, a HAR.
    pub(crate) text: String,
    /// Where the response came from.
    pub(crate) url: String,
    /// Where the next request goes; the same URL if it is empty.
    pub(crate) then: String,
    pub(crate) cause: Cause,
    /// The page in the tab, where another site's page is there.
    pub(crate) tab: String,
    pub(crate) third_parties: Policy,
    pub(crate) show: Option<String>,
}

/// Who causes the requests.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cause {
    /// The site itself, or the address bar.
    #[default]
    Own,
    /// Another site's link or form, which takes the tab there.
    Link,
    /// Another site's page, which embeds or fetches it.
    Embed,
    /// A script of the page, by `document.cookie`.
    Script,
}

impl Cause {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Own, "own", "The site itself, or the address bar"),
        (Self::Link, "link", "A link or form of another site"),
        (Self::Embed, "embed", "Another site's page, which embeds or fetches it"),
        (Self::Script, "script", "A script of the page, by document.cookie"),
    ];
}

/// What becomes of third parties' cookies.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Policy {
    /// What the browser begins with.
    #[default]
    Usual,
    Allow,
    Block,
    Partition,
}

impl Policy {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Usual, "usual", "As each browser begins"),
        (Self::Allow, "allow", "Allowed"),
        (Self::Block, "block", "Blocked unless Partitioned"),
        (Self::Partition, "partition", "Kept apart for each site in the tab"),
    ];

    pub(crate) const fn policy(self) -> Option<ThirdParties> {
        match self {
            Self::Usual => None,
            Self::Allow => Some(ThirdParties::Allow),
            Self::Block => Some(ThirdParties::Block),
            Self::Partition => Some(ThirdParties::Partition),
        }
    }
}

impl Question {
    pub(crate) const fn values(&self) -> Values {
        if self.show.is_some() { Values::Shown } else { Values::Hidden }
    }

    pub(crate) fn agents(&self) -> Agents {
        let agents = Agents::new(Profile::ALL);
        match self.third_parties.policy() {
            Some(policy) => agents.third_parties(policy),
            None => agents,
        }
    }

    pub(crate) fn circumstances(&self) -> Circumstances {
        let tab = Some(self.tab.trim()).filter(|tab| !tab.is_empty()).map(str::to_owned);
        Circumstances {
            cross_site: self.cause == Cause::Embed,
            navigation: self.cause == Cause::Link,
            page: self.cause == Cause::Link,
            script: self.cause == Cause::Script,
            // A tab that navigates shows what it goes to.
            top_level_site: tab.filter(|_| self.cause == Cause::Embed),
            ..Circumstances::default()
        }
    }

    /// The form, filled in; folded where an answer follows, since what was pasted holds values.
    pub(crate) fn form(&self, folded: bool) -> Markup {
        let pasted = html! {
            div.field {
                label for="text" { "What was sent" }
                textarea #text name="text" rows="7" spellcheck="false" autocomplete="off" required
                    placeholder="Set-Cookie: sid=31d4; SameSite=None" { "\n" (self.text) }
            }
        };
        html! {
            form method="post" action="/why" {
                @if folded {
                    details { summary { "What you pasted, with its values" } (pasted) }
                } @else {
                    (pasted)
                }
                div.field {
                    label for="url" { "URL that was asked for" }
                    p.hint #url-hint { "Needed for a verdict, unless what you paste tells it." }
                    input #url type="text" inputmode="url" name="url" value=(self.url) aria-describedby="url-hint"
                        placeholder="https://shop.example/login" autocomplete="off";
                }
                details open[self.has_details()] {
                    summary { "How it is asked for" }
                    div.field {
                        label for="then" { "URL of the next request, if it is another" }
                        input #then type="text" inputmode="url" name="then" value=(self.then) autocomplete="off";
                    }
                    div.field {
                        label for="cause" { "Who causes the requests" }
                        select #cause name="cause" {
                            @for (cause, word, text) in Cause::ALL {
                                option value=(word) selected[cause == self.cause] { (text) }
                            }
                        }
                    }
                    div.field {
                        label for="tab" { "URL in the tab, where that page embeds or fetches it" }
                        input #tab type="text" inputmode="url" name="tab" value=(self.tab) autocomplete="off";
                    }
                    div.field {
                        label for="third_parties" { "Cookies of third parties" }
                        select #third_parties name="third_parties" {
                            @for (policy, word, text) in Policy::ALL {
                                option value=(word) selected[policy == self.third_parties] { (text) }
                            }
                        }
                    }
                }
                div.choice {
                    input #show type="checkbox" name="show" value="yes" checked[self.show.is_some()];
                    label for="show" { "Show the values of cookies" }
                }
                button { "Tell me why" }
            }
        }
    }

    fn has_details(&self) -> bool {
        !self.then.is_empty()
            || !self.tab.is_empty()
            || self.cause != Cause::default()
            || self.third_parties != Policy::default()
    }
}
