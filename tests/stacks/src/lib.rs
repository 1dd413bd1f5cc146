//! The packages that stand on hardtack, under the frameworks they are for: the tests are in `tests`, programs to run in
//! `examples`. The examples of their pages that need a framework are compiled here.

#![forbid(unsafe_code)]

#[cfg(doctest)]
mod axum {
    #[doc = include_str!("../../../crates/hardtack-axum/README.md")]
    struct Readme;

    #[doc = include_str!("../../../crates/hardtack-axum/src/router.md")]
    struct Router;

    #[doc = include_str!("../../../crates/hardtack-axum/src/guide/from_axum_extra.md")]
    struct FromAxumExtra;

    #[doc = include_str!("../../../crates/hardtack-axum/src/guide/from_tower_cookies.md")]
    struct FromTowerCookies;
}
