//! The reasons that are asked for most, worked.

use crate::why::question::{Cause, Question};

pub(crate) struct Puzzle {
    pub(crate) title: &'static str,
    pub(crate) story: &'static str,
    pub(crate) worked: &'static str,
    text: &'static str,
    /// Letters in the value of the first cookie beside its text, where it is long.
    padding: usize,
    url: &'static str,
    then: &'static str,
    cause: Cause,
    tab: &'static str,
}

impl Puzzle {
    pub(crate) fn question(&self) -> Question {
        Question {
            text: self.text.replacen('~', &"x".repeat(self.padding), 1),
            url: self.url.to_owned(),
            then: self.then.to_owned(),
            cause: self.cause,
            tab: self.tab.to_owned(),
            ..Question::default()
        }
    }
}

const PLAIN: Puzzle = Puzzle {
    title: "",
    story: "",
    worked: "",
    text: "",
    padding: 0,
    url: "https://shop.example/",
    then: "",
    cause: Cause::Own,
    tab: "",
};

pub(crate) const PUZZLES: [Puzzle; 10] = [
    Puzzle {
        title: "It works on localhost and not on the test server",
        story: "The server in the office has no certificate. Its response has the header, and no browser keeps the cookie.",
        worked: "Secure is not taken over plain http. Browsers make an exception for this very machine, the standard makes \
                 none. Serve it over https.",
        text: "Set-Cookie: sid=31d4; Secure; HttpOnly",
        url: "http://test.shop.example/login",
        ..PLAIN
    },
    Puzzle {
        title: "SameSite=None changed nothing",
        story: "A widget is embedded by other sites, so its cookie says SameSite=None. Now it is not even kept.",
        worked: "SameSite=None needs Secure beside it. Without it the line is refused as a whole.",
        text: "Set-Cookie: widget=7; SameSite=None",
        url: "https://widget.example/frame",
        ..PLAIN
    },
    Puzzle {
        title: "The API sets a cookie for the shop",
        story: "The login is at api.example, the shop at shop.example. The API's response names the shop as the Domain.",
        worked: "A host sets cookies for itself and for its parents, never for another host. Put both under one domain, such \
                 as api.shop.example, and name that.",
        text: "Set-Cookie: sid=31d4; Domain=shop.example; Secure",
        url: "https://api.example/login",
        then: "https://shop.example/",
        ..PLAIN
    },
    Puzzle {
        title: "All projects of mine on github.io share a cookie, I thought",
        story: "Two pages, mine.github.io and other.github.io, are to share a setting by Domain=github.io.",
        worked: "Anyone may have a page there, so github.io is on the Public Suffix List, and no cookie spans it. Use a domain \
                 of your own.",
        text: "Set-Cookie: theme=dark; Domain=github.io; Secure",
        url: "https://mine.github.io/",
        then: "https://other.github.io/",
        ..PLAIN
    },
    Puzzle {
        title: "After a while, some users cannot log in any more",
        story: "The permissions of a user are in the token, and the token is in the cookie. It grew with the permissions.",
        worked: "Name and value may have 4096 octets together. Beyond that the cookie is dropped, and nobody is told. Keep \
                 the permissions on the server.",
        text: "Set-Cookie: token=~; Secure; HttpOnly",
        padding: 4200,
        url: "https://shop.example/login",
        ..PLAIN
    },
    Puzzle {
        title: "fetch() gets the response, and the cookie is gone",
        story: "A page of news.example fetches from shop.example with credentials. CORS is right, the response is there.",
        worked: "Without SameSite a cookie counts as Lax in Chromium and by the standard: another site's fetch neither sets nor \
                 sends it. Firefox takes it, into the jar of the tab's site. Write SameSite=None; Secure, or have both under \
                 one site.",
        text: "Set-Cookie: cart=3; Secure",
        url: "https://shop.example/api/cart",
        cause: Cause::Embed,
        tab: "https://news.example/",
        ..PLAIN
    },
    Puzzle {
        title: "Logged in at /account/login, and unknown everywhere else",
        story: "The response of /account/login sets the cookie. The pages of /account see it, and the rest of the shop does not.",
        worked: "Without Path a cookie is for the directory of the URL that set it: here /account. Write Path=/.",
        text: "Set-Cookie: sid=31d4; Secure; HttpOnly",
        url: "https://shop.example/account/login",
        then: "https://shop.example/cart",
        ..PLAIN
    },
    Puzzle {
        title: "Log out, and still be logged in",
        story: "Log in sets a cookie with Path=/app. Log out expires it, with Path=/.",
        worked: "Name, Domain and Path make a cookie this one and no other. The tombstone deletes another cookie, which was \
                 never there. Write the tombstone from the same description as the cookie.",
        text: "Set-Cookie: sid=31d4; Path=/app; Secure; HttpOnly\nSet-Cookie: sid=; Path=/; Max-Age=0; Secure; HttpOnly",
        url: "https://shop.example/app/logout",
        ..PLAIN
    },
    Puzzle {
        title: "The prefix was meant to make it safer",
        story: "The session is renamed to __Host-sid, and stays away.",
        worked: "__Host- is a promise that browsers check: Secure, Path=/ and no Domain. This line has a Domain.",
        text: "Set-Cookie: __Host-sid=31d4; Domain=shop.example; Path=/; Secure",
        url: "https://shop.example/login",
        ..PLAIN
    },
    Puzzle {
        title: "The embedded shop forgets its visitors in one browser only",
        story: "A frame of shop.example in a page of news.example sets SameSite=None; Secure. In Chromium the visitor is known \
                in the next tab, in Firefox not.",
        worked: "Chromium begins with third parties allowed, Firefox keeps their cookies in a jar for each site in the tab. \
                 Write Partitioned and rely on no more than that, or let the visitor come to the shop itself.",
        text: "Set-Cookie: visitor=9; SameSite=None; Secure",
        url: "https://shop.example/frame",
        then: "https://shop.example/frame",
        cause: Cause::Embed,
        tab: "https://news.example/",
        ..PLAIN
    },
];
