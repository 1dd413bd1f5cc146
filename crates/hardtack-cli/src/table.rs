//! Columns under their titles, two spaces apart.

use core::fmt::Write as _;
use std::io::{self, Write};

use anstyle::Style;
use hardtack_cli::screen::width;

use crate::style::{PLAIN, TITLE};

/// The widest a column makes those behind it stand back; a longer cell pushes those of its own row alone.
const WIDEST: usize = 60;

pub(crate) struct Table<const N: usize> {
    columns: [Column; N],
    rows: Vec<[Cell; N]>,
}

pub(crate) struct Column {
    title: &'static str,
    optional: bool,
}

#[derive(Default)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(crate) fn styled<T: Into<String>>(text: T, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, style: PLAIN }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl Column {
    pub(crate) const fn always(title: &'static str) -> Self {
        Self { title, optional: false }
    }

    /// A column that is left out where no row has anything in it.
    pub(crate) const fn where_given(title: &'static str) -> Self {
        Self { title, optional: true }
    }
}

impl<const N: usize> Table<N> {
    pub(crate) const fn new(columns: [Column; N]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: [Cell; N]) {
        self.rows.push(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes nothing at all where there are no rows.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        let mut lines: Vec<Line> = core::iter::repeat_with(Line::default).take(self.rows.len() + 1).collect();
        for (index, column) in self.columns.iter().enumerate() {
            let cells = self.rows.iter().filter_map(|row| row.get(index));
            if column.optional && cells.clone().all(|cell| cell.text.is_empty()) {
                continue;
            }
            let widths = lines.iter().map(|line| line.width);
            let start = widths.clone().filter(|&width| width <= line_start(&lines) + WIDEST).max().unwrap_or_default();
            for line in &mut lines {
                line.start = start;
            }
            let title = Cell::styled(column.title, TITLE);
            for (line, cell) in lines.iter_mut().zip([&title].into_iter().chain(cells)) {
                line.push(cell, start);
            }
        }
        lines.iter().try_for_each(|line| writeln!(out, "{}", line.text))
    }
}

fn line_start(lines: &[Line]) -> usize {
    lines.first().map_or(0, |line| line.start)
}

#[derive(Default)]
struct Line {
    text: String,
    width: usize,
    start: usize,
}

impl Line {
    /// Adds a cell in the column behind `start`, or two spaces behind what is there; none for an empty cell.
    fn push(&mut self, cell: &Cell, start: usize) {
        if cell.text.is_empty() {
            return;
        }
        let padding = start.saturating_sub(self.width) + 2;
        self.text += &" ".repeat(padding);
        let Cell { text, style } = cell;
        // Writing into a String does not fail.
        let _ = write!(self.text, "{style}{text}{style:#}");
        self.width += padding + width(text);
    }
}
