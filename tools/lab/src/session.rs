//! `lab session SESSIONS`: visits of a shop in the columns of UCI 468, and how likely each ends with an order.

use domain::behaviour::Visit;
use std::io::{self, Write as _};
use std::process::ExitCode;

/// A row of the table.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) visit: Visit,
    /// Whether it ended with an order, where the table says.
    pub(crate) bought: Option<bool>,
}

/// Prints the probability of every visit in `file`.
pub(crate) fn predict(file: &str) -> ExitCode {
    finish(file, read(file).and_then(|rows| write(&rows)))
}

/// Says what went wrong, if anything did.
pub(crate) fn finish(file: &str, result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has seen enough closes the pipe: its right.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(rows: &[Row]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "session_id,p_purchase")?;
    for row in rows {
        writeln!(out, "{},{:.6}", row.id, f64::from(row.visit.purchase().0) / 1e6)?;
    }
    out.flush()
}

/// The rows of `file`.
pub(crate) fn read(file: &str) -> io::Result<Vec<Row>> {
    rows(&std::fs::read_to_string(file)?)
}

fn rows(text: &str) -> io::Result<Vec<Row>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
    for needed in COLUMNS {
        if !names.contains(&needed) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("line 1: there is no column {needed}"),
            ));
        }
    }
    lines
        .zip(2..)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number)| {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let row = Cells { names: &names, cells: &cells }.row();
            row.ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, format!("line {number}: a number is missing"))
            })
        })
        .collect()
}

const COLUMNS: [&str; 11] = [
    "session_id",
    "Administrative",
    "Administrative_Duration",
    "Informational",
    "ProductRelated",
    "ProductRelated_Duration",
    "BounceRates",
    "ExitRates",
    "Month",
    "TrafficType",
    "VisitorType",
];

struct Cells<'a> {
    names: &'a [&'a str],
    cells: &'a [&'a str],
}

impl Cells<'_> {
    fn row(&self) -> Option<Row> {
        Some(Row {
            id: self.text("session_id")?.to_owned(),
            visit: Visit {
                account_pages: self.whole("Administrative", 1.0)?,
                account_seconds: self.whole("Administrative_Duration", 1.0)?,
                help_pages: self.whole("Informational", 1.0)?,
                product_pages: self.whole("ProductRelated", 1.0)?,
                product_seconds: self.whole("ProductRelated_Duration", 1.0)?,
                bounces_ppm: Some(self.whole("BounceRates", 1e6)?),
                exits_ppm: Some(self.whole("ExitRates", 1e6)?),
                month: month(self.text("Month")?)?,
                first: Some(self.text("VisitorType")? == "New_Visitor"),
                source: Some(u8::try_from(self.whole("TrafficType", 1.0)?).unwrap_or(u8::MAX)),
            },
            bought: self.text("Revenue").map(|text| text.eq_ignore_ascii_case("true") || text == "1"),
        })
    }

    fn text(&self, name: &str) -> Option<&str> {
        let index = self.names.iter().position(|held| *held == name)?;
        self.cells.get(index).copied()
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and NaN is 0: as meant"
    )]
    fn whole(&self, name: &str, scale: f64) -> Option<u32> {
        self.text(name)?.parse().ok().map(|number: f64| (number * scale) as u32)
    }
}

/// By the first three letters: the data writes "June" and "Jul".
fn month(name: &str) -> Option<u8> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    let index = NAMES.iter().position(|month| name.starts_with(month))?;
    u8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "session_id,Administrative,Administrative_Duration,Informational,Informational_Duration,\
        ProductRelated,ProductRelated_Duration,BounceRates,ExitRates,PageValues,SpecialDay,Month,OperatingSystems,\
        Browser,Region,TrafficType,VisitorType,Weekend";

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let row =
            "s1,2,40.9,1,3.0,19,154.2166667,0.015789474,0.024561404,99.0,0.0,June,2,2,1,3,New_Visitor,False";
        let read = rows(&format!("{HEADER}\n{row}\n\n")).unwrap();
        assert_eq!(read.len(), 1);
        let expected = Visit {
            account_pages: 2,
            account_seconds: 40,
            help_pages: 1,
            product_pages: 19,
            product_seconds: 154,
            bounces_ppm: Some(15_789),
            exits_ppm: Some(24_561),
            month: 6,
            first: Some(true),
            source: Some(3),
        };
        assert_eq!((read[0].id.as_str(), read[0].visit, read[0].bought), ("s1", expected, None));
        let known = rows(&format!("{HEADER},Revenue\n{row},TRUE\n{row},False\n")).unwrap();
        assert_eq!([known[0].bought, known[1].bought], [Some(true), Some(false)]);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (text, reason) in [
            ("session_id,Month\n", "line 1: there is no column Administrative"),
            (&format!("{HEADER}\ns1,2\n"), "line 2: a number is missing"),
            (
                &format!("{HEADER}\n\ns1,x,0,0,0,1,1,0,0,0,0,May,1,1,1,1,Other,True\n"),
                "line 3: a number is missing",
            ),
        ] {
            assert_eq!(rows(text).err().map(|error| error.to_string()).as_deref(), Some(reason));
        }
    }
}
