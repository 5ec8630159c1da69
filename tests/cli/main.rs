//! The program as its users meet it: arguments in; stdout, stderr and exit code out.

mod analyze;
mod commands;
mod contract;
mod eval;
mod fetch;
mod hostile;
mod inputs;
mod label;
mod parse;
#[path = "../fetch/server.rs"]
mod server;
mod support;
