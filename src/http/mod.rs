//! Requests, answers, routes and forms: a helper and no framework. What a framework would give is done
//! here by hand, in the open.

pub mod coming;
pub mod cookies;
pub mod form;
pub mod lenient;
pub mod paging;
pub mod range;
pub mod rate;
pub mod req;
pub mod res;
pub mod route;
pub mod throttle;

pub use rate::{Allowance, Rates};
pub use req::{Req, Upload};
pub use res::{Body, Res};
pub use route::{Accept, Auth, Found, Handler, Method, Route, Router};
pub use throttle::Throttle;
