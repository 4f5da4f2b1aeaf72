//! The table of the sweep: where and how an exchange was cut, and what became of the film.

use std::collections::BTreeMap;

use filmgate_fake::{Cut, CutPoint, Fault};

/// The points at which the gateway itself is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kill {
    /// The upstream's answer is there, and our commit is not.
    AfterBody,
    /// Our commit is there, and the client has no reply.
    AfterCommit,
}

/// What was found in one dialect with one way to resolve a doubt.
pub(crate) struct Table {
    title: String,
    cuts: BTreeMap<(usize, usize), String>,
    kills: BTreeMap<Kill, String>,
}

impl Table {
    pub(crate) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), cuts: BTreeMap::new(), kills: BTreeMap::new() }
    }

    pub(crate) fn note(&mut self, cut: Cut, what: String) {
        self.cuts.insert(place(cut), what);
    }

    pub(crate) fn note_kill(&mut self, kill: Kill, what: String) {
        self.kills.insert(kill, what);
    }

    /// Whether every cut that exists was made.
    pub(crate) fn is_whole(&self) -> bool {
        self.cuts.len() == Cut::all().len() && self.kills.len() == 2
    }
}

fn place(cut: Cut) -> (usize, usize) {
    let point = CutPoint::ALL.iter().position(|point| *point == cut.point).unwrap();
    (point, Fault::ALL.iter().position(|fault| *fault == cut.fault).unwrap())
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let faults = ["RST", "FIN", "hang", "502", "garbage"];
        let points = [
            "before connect",
            "after connect",
            "mid request header",
            "mid request body",
            "after request, not taken",
            "after accept",
            "mid status line",
            "mid header",
            "mid body",
        ];
        writeln!(f, "\n{}", self.title)?;
        write!(f, "{:26}", "")?;
        faults.iter().try_for_each(|fault| write!(f, "{fault:20}"))?;
        for (row, point) in points.iter().enumerate() {
            write!(f, "\n{point:26}")?;
            for column in 0..faults.len() {
                write!(f, "{:20}", self.cuts.get(&(row, column)).map_or("n/a", String::as_str))?;
            }
        }
        for (kill, row) in [
            (Kill::AfterBody, "after body, before commit"),
            (Kill::AfterCommit, "after commit, before reply"),
        ] {
            let what = self.kills.get(&kill).map_or("n/a", String::as_str);
            write!(f, "\n{row:26} kill -9: {what}")?;
        }
        writeln!(f)
    }
}
