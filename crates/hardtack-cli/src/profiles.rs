//! Whose rules count, as an option says it.

use hardtack::agent::Profile;

/// One profile, or all of them.
#[derive(Clone, Debug)]
pub(crate) struct Profiles(pub(crate) Vec<Profile>);

impl Profiles {
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let all: Vec<Profile> = Profile::ALL.to_vec();
        if name.eq_ignore_ascii_case("all") {
            return Ok(Self(all));
        }
        let wanted = if name.eq_ignore_ascii_case("chrome") { Profile::Chromium.as_str() } else { name };
        let known = all.iter().find(|profile| profile.as_str().eq_ignore_ascii_case(wanted));
        known.map(|&profile| Self(vec![profile])).ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|profile| profile.as_str()).collect();
            format!("write one of {}, chrome, all", names.join(", "))
        })
    }
}
