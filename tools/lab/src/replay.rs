//! `lab behaviour TRACES`: recorded pages, replayed through the code that runs in the browser.

use crate::trace::Trace;
use domain::behaviour::{Behaviour, Detectors, Rule, Signal, Verdict};
use domain::time::{Millis, UnixMillis};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::process::ExitCode;

/// A cart lies idle after so long.
const PATIENCE: Millis = Millis::seconds(20);
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Prints when each detector first fires in every trace of `file`.
pub(crate) fn predict(file: &str) -> ExitCode {
    match lines(file).and_then(print) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has seen enough closes the pipe: its right.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::from(2)
        }
    }
}

fn lines(file: &str) -> io::Result<Box<dyn BufRead>> {
    let mut magic = [0; 2];
    let read = File::open(file)?.take(2).read(&mut magic)?;
    let opened = File::open(file)?;
    Ok(if read == 2 && magic == GZIP_MAGIC {
        Box::new(BufReader::new(MultiGzDecoder::new(opened)))
    } else {
        Box::new(BufReader::new(opened))
    })
}

fn print(traces: Box<dyn BufRead>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "id,exit_ms,hesitation_ms")?;
    for (number, line) in traces.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let trace: Trace = serde_json::from_str(&line).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {error}", number + 1))
        })?;
        let fired = replay(&trace);
        let first = |exit: bool| {
            let mut times = fired.iter().filter(|(_, verdict)| (verdict.rule == Rule::Exit) == exit);
            times.next().map_or_else(String::new, |(at, _)| at.0.to_string())
        };
        writeln!(out, "{},{},{}", trace.id, first(true), first(false))?;
    }
    out.flush()
}

/// Every verdict and its instant. Timers run on the trace's clock, and nothing is known before it happens.
fn replay(trace: &Trace) -> Vec<(UnixMillis, Verdict)> {
    let mut behaviour = Behaviour::new(Detectors::ALL, PATIENCE, trace.page());
    let mut fired = Vec::new();
    let wake = |behaviour: &mut Behaviour, fired: &mut Vec<_>, before: UnixMillis| {
        while let Some(at) = behaviour.next_wakeup().filter(|&at| at < before) {
            fired.extend(behaviour.handle(at, Signal::WokeUp).map(|verdict| (at, verdict)));
        }
    };
    for (at, signals) in trace.signals() {
        wake(&mut behaviour, &mut fired, at);
        for signal in signals {
            fired.extend(behaviour.handle(at, signal).map(|verdict| (at, verdict)));
        }
    }
    wake(&mut behaviour, &mut fired, trace.end());
    fired
}
