//! The ratios as bars, in SVG.

use std::fmt::Write as _;

use crate::report::Row;

const WIDTH: f64 = 960.0;
const LABELS: f64 = 400.0;
const RIGHT: f64 = 60.0;
const LINE: f64 = 22.0;
const TOP: f64 = 92.0;

/// What the scale names; it ends at the first that no ratio is beyond.
const TICKS: [f64; 8] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

/// A logarithmic scale: a step to the right is twice as long, wherever it is made.
struct Scale {
    ticks: &'static [f64],
}

impl Scale {
    fn of(rows: &[Row]) -> Self {
        let most = rows.iter().flat_map(|row| [Some(row.ratio()), row.bar, row.aim]).flatten().fold(1.0, f64::max);
        let beyond = TICKS.iter().position(|&tick| tick >= most).map_or(TICKS.len(), |last| last + 1);
        Self { ticks: &TICKS[..beyond] }
    }

    fn x(&self, ratio: f64) -> f64 {
        let (least, most) = (self.ticks[0], self.ticks[self.ticks.len() - 1]);
        let share = (ratio / least).log2() / (most / least).log2();
        LABELS + share.clamp(0.0, 1.0) * (WIDTH - LABELS - RIGHT)
    }
}

/// One bar a row, from 1 to the ratio, with a stroke where the bar of the project is and a circle where its aim is.
pub fn draw(rows: &[Row]) -> String {
    let scale = Scale::of(rows);
    let one = scale.x(1.0);
    let mut y = TOP;
    let mut marks = String::new();
    let mut work = "";
    for row in rows {
        if row.work != work {
            work = &row.work;
            y += 12.0;
            let title = escaped(work);
            writeln!(marks, r#"<text class="work" x="8" y="{:.0}">{title}</text>"#, y + 15.0).unwrap();
            y += LINE;
        }
        let (ratio, peer) = (row.ratio(), escaped(row.peer));
        let (end, middle) = (scale.x(ratio), y + 15.0);
        writeln!(marks, r#"<text class="peer" x="{:.0}" y="{middle:.0}">{peer}</text>"#, LABELS - 10.0).unwrap();
        let (start, length) = (end.min(one), (end - one).abs().max(1.0));
        let class = if ratio < 1.0 { "less" } else { "more" };
        writeln!(marks, r#"<rect class="{class}" x="{start:.1}" y="{:.0}" width="{length:.1}" height="16"/>"#, y + 3.0)
            .unwrap();
        if let Some(bar) = row.bar {
            let (at, from, to) = (scale.x(bar), y + 1.0, y + 21.0);
            writeln!(marks, r#"<path class="bar" d="M{at:.1} {from:.0}V{to:.0}"/>"#).unwrap();
        }
        if let Some(aim) = row.aim {
            writeln!(marks, r#"<circle class="aim" cx="{:.1}" cy="{:.0}" r="4"/>"#, scale.x(aim), y + 11.0).unwrap();
        }
        let marked = [Some(end), Some(one), row.bar.map(|bar| scale.x(bar)), row.aim.map(|aim| scale.x(aim) + 4.0)];
        let after = marked.into_iter().flatten().fold(0.0, f64::max) + 6.0;
        let ratio = if ratio < 2.0 { format!("{ratio:.2}") } else { format!("{ratio:.1}") };
        writeln!(marks, r#"<text x="{after:.1}" y="{middle:.0}">{ratio}</text>"#).unwrap();
        y += LINE;
    }
    let mut lines = String::new();
    for &tick in scale.ticks {
        let at = scale.x(tick);
        let class = if tick == 1.0 { "one" } else { "tick" };
        writeln!(lines, r#"<path class="{class}" d="M{at:.1} {:.0}V{y:.0}"/>"#, TOP - 4.0).unwrap();
        writeln!(lines, r#"<text class="number" x="{at:.1}" y="{:.0}">{tick}</text>"#, TOP - 10.0).unwrap();
    }
    let height = y + 16.0;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0}" width="{WIDTH}" height="{height:.0}" role="img">
<title>How many times as long as hardtack the others take</title>
<style>
.page {{ fill: #fff }}
text {{ font: 13px sans-serif; fill: #222 }}
.head {{ font-size: 18px; font-weight: bold }}
.work {{ font-weight: bold }}
.peer {{ text-anchor: end }}
.number {{ text-anchor: middle; fill: #555 }}
.more {{ fill: #a8814a }}
.less {{ fill: #7d8ba1 }}
.tick {{ stroke: #ddd }}
.one {{ stroke: #222 }}
.bar {{ stroke: #222; stroke-width: 2 }}
.aim {{ fill: #fff; stroke: #222; stroke-width: 1.5 }}
@media (prefers-color-scheme: dark) {{
.page {{ fill: #14171c }}
text {{ fill: #e4e6ea }}
.number {{ fill: #a3a9b3 }}
.tick {{ stroke: #2f353e }}
.one, .bar {{ stroke: #e4e6ea }}
.aim {{ fill: #14171c; stroke: #e4e6ea }}
}}
</style>
<rect class="page" width="{WIDTH}" height="{height:.0}" rx="8"/>
<text class="head" x="8" y="28">How many times as long as hardtack the others take (medians of one run)</text>
<text x="8" y="50">Right of the line at 1 they take longer. Stroke: the bar this project has set itself. Circle: its aim.</text>
{lines}{marks}</svg>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('`', "").replace('&', "&amp;").replace('<', "&lt;")
}
