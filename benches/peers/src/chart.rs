//! The ratios as bars, in SVG.

use std::fmt::Write as _;

use crate::report::Row;

const WIDTH: f64 = 960.0;
const LABELS: f64 = 470.0;
const LINE: f64 = 22.0;
const TOP: f64 = 64.0;

/// One bar a row, as long as the ratio, with a stroke where the bar of the project is and a dot where its aim is.
pub fn draw(rows: &[Row]) -> String {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.ratio() >= 1.0).collect();
    let ratios = rows.iter().map(|row| row.ratio());
    let most = ratios.chain(rows.iter().filter_map(|row| row.aim)).fold(1.0, f64::max);
    let x = |ratio: f64| LABELS + ratio / most * (WIDTH - LABELS - 60.0);
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
        let (end, middle) = (x(ratio), y + 15.0);
        writeln!(marks, r#"<text class="peer" x="{:.0}" y="{middle:.0}">{peer}</text>"#, LABELS - 10.0).unwrap();
        let length = end - LABELS;
        writeln!(marks, r#"<rect x="{LABELS}" y="{:.0}" width="{length:.1}" height="16"/>"#, y + 3.0).unwrap();
        if let Some(bar) = row.bar {
            let at = x(bar);
            let (from, to) = (y + 1.0, y + 21.0);
            writeln!(marks, r#"<path class="bar" d="M{at:.1} {from:.0}V{to:.0}"/>"#).unwrap();
        }
        if let Some(aim) = row.aim {
            writeln!(marks, r#"<circle class="aim" cx="{:.1}" cy="{:.0}" r="4"/>"#, x(aim), y + 11.0).unwrap();
        }
        let after = end.max(row.bar.map_or(0.0, x)).max(row.aim.map_or(0.0, |aim| x(aim) + 4.0)) + 6.0;
        writeln!(marks, r#"<text x="{after:.1}" y="{middle:.0}">{ratio:.1}</text>"#).unwrap();
        y += LINE;
    }
    let height = y + 16.0;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0}" width="{WIDTH}" height="{height:.0}" role="img">
<title>How many times as long as hardtack the others take</title>
<style>
svg {{ background: #fff }}
text {{ font: 13px sans-serif; fill: #222 }}
.head {{ font-size: 18px; font-weight: bold }}
.work {{ font-weight: bold }}
.peer {{ text-anchor: end }}
rect {{ fill: #8a6d3b }}
.bar {{ stroke: #222; stroke-width: 2 }}
.aim {{ fill: #fff; stroke: #222; stroke-width: 1.5 }}
</style>
<text class="head" x="8" y="26">How many times as long as hardtack the others take (medians of one run)</text>
<text x="8" y="48">Stroke: the bar this project has set itself. Circle: its aim.</text>
{marks}</svg>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('`', "").replace('&', "&amp;").replace('<', "&lt;")
}
