//! `lab behaviour TRACES` and `lab moments TRACES`: recorded pages, replayed through the code that runs in the browser.

use crate::trace::Trace;
use domain::behaviour::{
    Behaviour, Detectors, Limits, Manners, Moment, Rule, Signal, Trigger, Verdict, Watch,
};
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
    print(file, "id,exit_ms,hesitation_ms", |trace| {
        let fired = replay(trace, Behaviour::new(Detectors::ALL, PATIENCE, trace.page()));
        let first = |exit: bool| {
            let mut times = fired.iter().filter(|(_, verdict)| (verdict.trigger == Trigger::Exit) == exit);
            times.next().map_or_else(String::new, |(at, _)| at.0.to_string())
        };
        vec![format!("{},{}", first(true), first(false))]
    })
}

/// Prints every moment at which a store would speak that has a rule for each trigger and hardly a limit.
pub(crate) fn moments(file: &str) -> ExitCode {
    print(file, "id,ms,trigger", |trace| {
        let moments = replay(trace, Watch::new(eager(), trace.page()));
        moments
            .into_iter()
            .map(|(at, moment)| format!("{},{}", at.0, moment.verdict.trigger.name()))
            .collect()
    })
}

/// Prints how many bytes the state of a watched page takes, its rules aside.
pub(crate) fn print_state() -> ExitCode {
    println!("{}", size_of::<Watch>());
    ExitCode::SUCCESS
}

/// As the pages of tests/replay have it.
fn eager() -> Manners {
    let rule = |trigger: Trigger| Rule { per_week: u8::MAX, ..Rule::new(trigger as u32, trigger) };
    Manners {
        rules: Trigger::ALL.map(rule).into(),
        patience: PATIENCE,
        limits: Limits {
            first: Millis(0),
            gap: Millis(0),
            per_visit: u8::MAX,
            per_week: u8::MAX,
            ..Limits::default()
        },
        purchase_gate: false,
        ..Manners::default()
    }
}

/// Prints a table: the lines that `told` tells of each trace of `file`, behind its id.
fn print(file: &str, heading: &str, told: impl Fn(&Trace) -> Vec<String>) -> ExitCode {
    match lines(file).and_then(|traces| write(traces, heading, told)) {
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

fn write(traces: Box<dyn BufRead>, heading: &str, told: impl Fn(&Trace) -> Vec<String>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "{heading}")?;
    for (number, line) in traces.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let trace: Trace = serde_json::from_str(&line).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {error}", number + 1))
        })?;
        for row in told(&trace) {
            writeln!(out, "{},{row}", trace.id)?;
        }
    }
    out.flush()
}

/// What hears of signals, and wants to be woken.
trait Listener {
    type Told;
    fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Self::Told>;
    fn next_wakeup(&self) -> Option<UnixMillis>;
}

impl Listener for Behaviour {
    type Told = Verdict;

    fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Verdict> {
        self.handle(now, signal)
    }

    fn next_wakeup(&self) -> Option<UnixMillis> {
        self.next_wakeup()
    }
}

impl Listener for Watch {
    type Told = Moment;

    fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Moment> {
        self.handle(now, signal)
    }

    fn next_wakeup(&self) -> Option<UnixMillis> {
        self.next_wakeup()
    }
}

/// Everything it tells, and when. Timers run on the trace's clock, and nothing is known before it happens.
fn replay<L: Listener>(trace: &Trace, mut listener: L) -> Vec<(UnixMillis, L::Told)> {
    let mut told = Vec::new();
    let wake = |listener: &mut L, told: &mut Vec<_>, before: UnixMillis| {
        while let Some(at) = listener.next_wakeup().filter(|&at| at < before) {
            told.extend(listener.handle(at, Signal::WokeUp).map(|new| (at, new)));
        }
    };
    for (at, signals) in trace.signals() {
        wake(&mut listener, &mut told, at);
        for signal in signals {
            told.extend(listener.handle(at, signal).map(|new| (at, new)));
        }
    }
    wake(&mut listener, &mut told, trace.end());
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    /// A page looked at for some seconds, then left upwards by a hand that slows down, with `more` after it.
    fn left_upwards(before: &str, more: &str) -> Vec<(u64, &'static str)> {
        let mut events = String::from("[0,\"load\",\"product\"]");
        for n in 0..40 {
            let _ = write!(events, ",[{},\"mm\",{},500]", 2_000 + n * 16, 400 + n);
        }
        events.push_str(before);
        for (n, y) in [300, 230, 170, 120, 80, 50, 30, 15, 6, 2].into_iter().enumerate() {
            let _ = write!(events, ",[{},\"mm\",440,{y}]", 6_000 + n * 16);
        }
        let line = format!(
            "{{\"id\":\"t\",\"device\":\"desktop\",\"vw\":1280,\"vh\":600,\"page\":\"product\",\"cart\":0,\
             \"ev\":[{events},[6160,\"leave\",440,-3,null]{more},[9000,\"end\"]]}}"
        );
        let trace: Trace = serde_json::from_str(&line).unwrap();
        let behaviour = Behaviour::new(Detectors::ALL, PATIENCE, trace.page());
        replay(&trace, behaviour).into_iter().map(|(at, verdict)| (at.0, verdict.trigger.name())).collect()
    }

    #[test]
    fn a_recorded_page_is_replayed_on_its_own_clock() {
        let exit = vec![(6_600, "exit")];
        for (what, before, more, fired) in [
            ("left", "", "", exit.clone()),
            ("and left for good", "", ",[6400,\"blur\",\"body\"],[8000,\"vis\",\"hidden\"]", exit),
            ("came back", "", ",[6500,\"enter\",440,5]", vec![]),
            ("came back when it would have counted", "", ",[6600,\"enter\",440,5]", vec![]),
            ("gone before it counted", "", ",[6550,\"vis\",\"hidden\"]", vec![]),
            ("with something in hand", ",[5900,\"down\",440,400]", "", vec![]),
            ("put down before", ",[5000,\"down\",440,400],[5400,\"up\",440,380]", "", vec![(6_600, "exit")]),
            ("in full screen", ",[4000,\"resize\",1280,720]", "", vec![]),
            (
                "after full screen",
                ",[3000,\"resize\",1280,720],[4000,\"resize\",1280,600]",
                "",
                vec![(6_600, "exit")],
            ),
            ("while typing", ",[5800,\"key\",\"KeyA\",\"\"]", "", vec![]),
            ("an event nobody knows", ",[5800,\"wheel\",3],[5801]", "", vec![(6_600, "exit")]),
        ] {
            assert_eq!(left_upwards(before, more), fired, "{what}");
        }
    }

    #[test]
    fn the_address_bars_key_counts_when_it_took_the_focus() {
        let key = |name: &str, modifiers: &str, blur: &str| {
            left_upwards(
                "",
                &format!(",[6200,\"enter\",440,5],[7000,\"key\",\"{name}\",\"{modifiers}\"]{blur}"),
            )
        };
        let blur = ",[7060,\"blur\",\"body\"]";
        assert_eq!(key("KeyL", "ctrl", blur), [(7_060, "exit")]);
        assert_eq!(key("KeyK", "Meta", blur), [(7_060, "exit")]);
        assert_eq!(key("KeyK", "ctrl", ""), []);
        assert_eq!(key("KeyL", "", blur), []);
        assert_eq!(key("KeyL", "ctrl", ",[7060,\"blur\",\"iframe\"]"), []);
        assert_eq!(key("KeyL", "ctrl", ",[7900,\"blur\",\"body\"]"), []);
    }
}
