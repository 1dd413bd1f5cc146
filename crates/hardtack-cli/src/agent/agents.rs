//! User agents side by side.

use hardtack::CookieDate;
use hardtack::agent::{
    BundledList, Context, InvalidCookie, Profile, Store, StoredCookie, ThirdParties, Verdict, Withheld,
};

/// User agents that are shown every Set-Cookie line in turn, and asked what they send.
#[derive(Debug)]
pub struct Agents {
    stores: Vec<Store<BundledList>>,
}

impl Agents {
    /// Begins with an empty store for each profile.
    ///
    /// ```
    /// use hardtack::CookieDate;
    /// use hardtack::agent::{Context, Profile};
    /// use hardtack_cli::agent::Agents;
    ///
    /// let page = Context::https("shop.example", "/")?;
    /// let mut agents = Agents::new(&[Profile::Chromium, Profile::Firefox]);
    /// let verdicts = agents.set(b"=v", &page, CookieDate::UNIX_EPOCH);
    /// assert!(verdicts[0].1.is_stored() && !verdicts[1].1.is_stored());
    /// # Ok::<(), hardtack::agent::HostError>(())
    /// ```
    #[must_use]
    pub fn new(profiles: &[Profile]) -> Self {
        Self { stores: profiles.iter().map(|&profile| Store::with_suffixes(profile, BundledList)).collect() }
    }

    /// Sets what becomes of third parties' cookies, whatever the profile says.
    #[must_use]
    pub fn third_parties(self, policy: ThirdParties) -> Self {
        Self { stores: self.stores.into_iter().map(|store| store.third_parties(policy)).collect() }
    }

    /// Puts a stored cookie into each store.
    ///
    /// # Errors
    ///
    /// - a cookie that no store takes, such as one with a `;` in its value
    pub fn insert(&mut self, cookie: &StoredCookie) -> Result<(), InvalidCookie> {
        self.stores.iter_mut().try_for_each(|store| store.insert(cookie.clone()))
    }

    /// Does with a line what each does, and returns what that was.
    pub fn set(&mut self, line: &[u8], context: &Context, now: CookieDate) -> Vec<(Profile, Verdict)> {
        self.stores.iter_mut().map(|store| (store.profile(), store.set(line, context, now))).collect()
    }

    /// Returns what each sends.
    #[must_use]
    pub fn cookies(&self, context: &Context, now: CookieDate) -> Vec<(Profile, Vec<&StoredCookie>)> {
        self.stores.iter().map(|store| (store.profile(), store.cookies(context, now))).collect()
    }

    /// Returns which cookies of the request's site each does not send, and why.
    #[must_use]
    pub fn withheld(&self, context: &Context, now: CookieDate) -> Vec<(Profile, Vec<(&StoredCookie, Withheld)>)> {
        self.stores.iter().map(|store| (store.profile(), store.withheld(context, now))).collect()
    }
}

/// Whether a part of two cookies differs.
type Differs = fn(&StoredCookie, &StoredCookie) -> bool;

/// Returns in what the verdicts of several user agents differ: `outcome`, `reason`, or the part of the cookie.
#[must_use]
pub fn differences(verdicts: &[(Profile, Verdict)]) -> Vec<&'static str> {
    let Some(((_, first), others)) = verdicts.split_first() else {
        return Vec::new();
    };
    let differs = |test: &dyn Fn(&Verdict, &Verdict) -> bool| others.iter().any(|(_, other)| test(first, other));
    let mut differences = Vec::new();
    if differs(&|one, other| core::mem::discriminant(one) != core::mem::discriminant(other)) {
        differences.push("outcome");
    } else if differs(&|one, other| one.refusals() != other.refusals()) {
        differences.push("reason");
    }
    let parts: [(&'static str, Differs); 11] = [
        ("name", |one, other| one.name != other.name),
        ("value", |one, other| one.value != other.value),
        ("domain", |one, other| one.domain != other.domain),
        ("host-only", |one, other| one.host_only != other.host_only),
        ("path", |one, other| one.path != other.path),
        ("expiry", |one, other| one.expires != other.expires),
        ("Secure", |one, other| one.secure != other.secure),
        ("HttpOnly", |one, other| one.http_only != other.http_only),
        ("SameSite", |one, other| one.same_site != other.same_site),
        ("Priority", |one, other| one.priority != other.priority),
        ("partition", |one, other| one.partition != other.partition),
    ];
    for (part, test) in parts {
        // Of those that keep it: what is refused has no parts.
        let mut kept = verdicts.iter().filter_map(|(_, verdict)| verdict.cookie());
        if let Some(first) = kept.next()
            && kept.any(|other| test(first, other))
        {
            differences.push(part);
        }
    }
    if differences.is_empty() && differs(&|one, other| one.effects() != other.effects()) {
        differences.push("effects");
    }
    differences
}
