//! The program as its users meet it: arguments in; stdout, stderr and exit code out.

mod analyze;
mod commands;
mod contract;
mod corrections;
mod cross;
mod entities;
mod eval;
mod fetch;
mod hostile;
mod inputs;
mod label;
mod parse;
mod prose;
#[allow(dead_code, reason = "the tests of crawls use more of it")]
#[path = "../fetch/server.rs"]
mod server;
mod summarize;
mod support;
mod validate;
