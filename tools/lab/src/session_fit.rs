//! `lab session-fit SESSIONS`: logistic regression over the bins of [`Visit::cells`], rounded to whole points.
//!
//! Ridge, and for bins side by side a pull towards each other, so that few visits make no steep step. Newton's
//! method from zero: the same table gives the same points, bit by bit.

use crate::session::{Row, finish, read};
use domain::behaviour::{CELLS, POINTS_PER_UNIT, TERMS, Visit};
use std::io::{self, Write as _};
use std::process::ExitCode;

const RIDGE: f64 = 8.0;
const SMOOTH: f64 = 40.0;
const STEPS: usize = 8;
const FOLDS: u64 = 5;
/// The first terms are ascending numbers, whose bins lie side by side.
const ASCENDING_TERMS: usize = 8;
/// The weights, and the constant at the end.
const SIZE: usize = CELLS + 1;

/// Prints the table fitted to `file`, and how well such a table does on visits it was not fitted to.
pub(crate) fn print(file: &str) -> ExitCode {
    finish(
        file,
        read(file).and_then(|rows| {
            let visits: Vec<Known> = rows.iter().filter_map(Known::of).collect();
            let (auc, error) = unseen(&visits);
            eprintln!("on visits not fitted to: AUC {auc:.4}, calibration error {error:.4}");
            write(&points(&fit(&visits.iter().collect::<Vec<_>>())))
        }),
    )
}

/// A visit whose end is known.
struct Known {
    cells: [Option<usize>; TERMS],
    bought: bool,
    fold: u64,
}

impl Known {
    fn of(row: &Row) -> Option<Self> {
        let fold =
            row.id.bytes().fold(0_u64, |hash, byte| hash.wrapping_mul(131).wrapping_add(byte.into())) % FOLDS;
        Some(Self { cells: row.visit.cells(), bought: row.bought?, fold })
    }

    fn log_odds(&self, weights: &[f64]) -> f64 {
        self.places().map(|place| at(weights, place)).sum()
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        self.cells.into_iter().flatten().chain([CELLS])
    }
}

fn write(points: &[i32]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "//! Printed by `lab session-fit`: the points of every bin, term by term in the order of `Visit::cells`.\n"
    )?;
    writeln!(out, "use super::purchase::CELLS;\n")?;
    writeln!(out, "/// The points of a visit that is like none.")?;
    writeln!(out, "pub(super) const BASE: i32 = {};\n", points.last().copied().unwrap_or_default())?;
    writeln!(out, "#[rustfmt::skip]\npub(super) const POINTS: [i8; CELLS] = [")?;
    for line in points.get(..CELLS).unwrap_or_default().chunks(16) {
        let numbers: Vec<String> = line.iter().map(ToString::to_string).collect();
        writeln!(out, "    {},", numbers.join(", "))?;
    }
    writeln!(out, "];")
}

/// AUC, and the mean distance of promise and outcome over tenths of the visits.
fn unseen(visits: &[Known]) -> (f64, f64) {
    let mut promised: Vec<(i32, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let (seen, held): (Vec<&Known>, Vec<&Known>) = visits.iter().partition(|visit| visit.fold != fold);
        let points: Vec<f64> = points(&fit(&seen)).into_iter().map(f64::from).collect();
        promised.extend(held.iter().map(|visit| (rounded(visit.log_odds(&points)), visit.bought)));
    }
    promised.sort_unstable();
    (auc(&promised), calibration_error(&promised))
}

/// How often a visit with an order ranks above one without; ties count half.
fn auc(promised: &[(i32, bool)]) -> f64 {
    let (mut below, mut won, mut pairs) = (0.0, 0.0, 0.0);
    for tied in promised.chunk_by(|a, b| a.0 == b.0) {
        let bought = count(tied);
        let not = number(tied.len()) - bought;
        won += bought * (below + not / 2.0);
        below += not;
        pairs += bought;
    }
    won / (below * pairs)
}

fn calibration_error(promised: &[(i32, bool)]) -> f64 {
    let tenth = promised.len().div_ceil(10).max(1);
    let tenths = promised.chunks(tenth).map(|part| {
        let promise: f64 =
            part.iter().map(|(points, _)| logistic(f64::from(*points) / f64::from(POINTS_PER_UNIT))).sum();
        (promise - count(part)).abs()
    });
    tenths.sum::<f64>() / number(promised.len())
}

fn count(part: &[(i32, bool)]) -> f64 {
    number(part.iter().filter(|(_, bought)| *bought).count())
}

fn points(weights: &[f64]) -> Vec<i32> {
    weights.iter().map(|weight| rounded(weight * f64::from(POINTS_PER_UNIT))).collect()
}

fn fit(visits: &[&Known]) -> Vec<f64> {
    let mut weights = vec![0.0; SIZE];
    let neighbours = neighbours();
    for _ in 0..STEPS {
        let mut slope = vec![0.0; SIZE];
        let mut bend = vec![vec![0.0; SIZE]; SIZE];
        for visit in visits {
            let promise = logistic(visit.log_odds(&weights));
            let excess = promise - f64::from(u8::from(visit.bought));
            let weight = promise * (1.0 - promise);
            for place in visit.places() {
                add(&mut slope, place, excess);
                let Some(row) = bend.get_mut(place) else { continue };
                visit.places().for_each(|other| add(row, other, weight));
            }
        }
        for place in 0..CELLS {
            add(&mut slope, place, RIDGE * at(&weights, place));
            add_to(&mut bend, place, place, RIDGE);
        }
        for &(one, other) in &neighbours {
            let apart = SMOOTH * (at(&weights, one) - at(&weights, other));
            add(&mut slope, one, apart);
            add(&mut slope, other, -apart);
            for (row, column, sign) in
                [(one, one, 1.0), (other, other, 1.0), (one, other, -1.0), (other, one, -1.0)]
            {
                add_to(&mut bend, row, column, sign * SMOOTH);
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(bend, slope)) {
            *weight -= step;
        }
    }
    weights
}

/// Bins side by side: those that a growing visit goes through.
fn neighbours() -> Vec<(usize, usize)> {
    let known = Visit {
        bounces_ppm: Some(0),
        exits_ppm: Some(0),
        first: Some(false),
        source: Some(0),
        ..Visit::default()
    };
    let first: Vec<usize> = known.cells().into_iter().flatten().collect();
    let ends = first.clone().into_iter().skip(1);
    first
        .into_iter()
        .zip(ends)
        .take(ASCENDING_TERMS)
        .flat_map(|(begin, end)| (begin + 1..end).map(|cell| (cell - 1, cell)))
        .collect()
}

/// Gauss's elimination; the matrix is symmetric and positive, so that no row needs to be exchanged.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    for pivot in 0..SIZE {
        let Some(top) = matrix.get(pivot).cloned() else { continue };
        let top_right = at(&right, pivot);
        for (row, value) in matrix.iter_mut().zip(&mut right).skip(pivot + 1) {
            let factor = at(row, pivot) / at(&top, pivot);
            for (cell, above) in row.iter_mut().zip(&top).skip(pivot) {
                *cell -= factor * above;
            }
            *value -= factor * top_right;
        }
    }
    let mut found = vec![0.0; SIZE];
    for pivot in (0..SIZE).rev() {
        let Some(row) = matrix.get(pivot) else { continue };
        let known: f64 = row.iter().zip(&found).skip(pivot + 1).map(|(cell, value)| cell * value).sum();
        let value = (at(&right, pivot) - known) / at(row, pivot);
        add(&mut found, pivot, value);
    }
    found
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn at(numbers: &[f64], place: usize) -> f64 {
    numbers.get(place).copied().unwrap_or_default()
}

fn add(numbers: &mut [f64], place: usize, more: f64) {
    if let Some(number) = numbers.get_mut(place) {
        *number += more;
    }
}

fn add_to(matrix: &mut [Vec<f64>], row: usize, column: usize, more: f64) {
    if let Some(row) = matrix.get_mut(row) {
        add(row, column, more);
    }
}

#[allow(clippy::cast_possible_truncation, reason = "points are small")]
fn rounded(number: f64) -> i32 {
    number.round() as i32
}

#[allow(clippy::cast_precision_loss, reason = "visits are thousands")]
fn number(count: usize) -> f64 {
    count as f64
}
