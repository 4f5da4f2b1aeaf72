//! Who makes the film: the upstreams, and the guard before every address that somebody else gives us.
//!
//! - [`upstream`]: what every upstream is asked, and what it can answer.
//! - [`studio`]: the embedded studio as an upstream whose work can be repeated safely; [`stills`]: pictures of its films.
//! - [`guard`]: judges and fetches links that come from clients and upstreams.

pub mod adapter;
pub mod facts;
pub mod guard;
pub mod http;
pub mod kie;
pub mod openai;
pub mod pictures;
pub mod remote;
pub mod stills;
pub mod studio;
pub mod upstream;
