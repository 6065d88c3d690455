//! A native command line over `domain`: checks and descriptions of what the service speaks.

mod caps;
mod openapi;
mod replay;
mod schema;
mod session;
mod session_fit;
mod store;
mod trace;
mod words;

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

const USAGE: &str = "\
usage: lab WORD

  schema               the JSON Schema of a store's settings document
  openapi              the OpenAPI 3.1 description of the service
  words                what the widget's card says, by language
  store check FILE     the faults of a settings document, as FILE:LINE: path: reason
  store ask FILE TEXT  what the assistant answers to a shopper who says TEXT
  behaviour TRACES     id,exit_ms,hesitation_ms: when each detector first fires in recorded DOM events
                       (JSON lines, gzipped or not)
  moments TRACES       id,ms,trigger: every moment at which a store with a rule for each trigger and hardly a limit
                       would speak
  state                the bytes that watching a page takes
  caps --runs N        how many of N shoppers, who do anything in any order, got a card against the limits
  session SESSIONS     session_id,p_purchase: how likely each visit of a table ends with an order
  session-fit SESSIONS the points of domain/src/behaviour/purchase_points.rs, fitted to visits whose end is known;
                       how well such a fit does on visits it has not seen is said on stderr";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["schema"] => print_json(&schema::settings()),
        ["words"] => print_json(&words::document()),
        ["openapi"] => print_json(&openapi::document()),
        ["store", "check", file] => store::check(file),
        ["store", "ask", file, question] => store::ask(file, question),
        ["behaviour", file] => replay::predict(file),
        ["moments", file] => replay::moments(file),
        ["state"] => replay::print_state(),
        ["caps", "--runs", runs] => caps::print(runs),
        ["session", file] => session::predict(file),
        ["session-fit", file] => session_fit::print(file),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn print_json(value: &serde_json::Value) -> ExitCode {
    // A reader that has seen enough closes the pipe: its right.
    match writeln!(std::io::stdout(), "{value:#}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
