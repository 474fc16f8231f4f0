//! One bar for each competitor.

use super::Axis;
use super::scale::{Scale, label};
use super::svg::{Anchor, Drawing, WIDTH};
use crate::table::number;

/// Room for the names, in pixels.
const LEFT: f64 = 250.0;
/// Room for the figure behind the longest bar.
const RIGHT: f64 = WIDTH - 90.0;
const TOP: f64 = 48.0;
/// From one bar to the next.
const PITCH: f64 = 30.0;
const BAR: f64 = 18.0;

pub fn drawn(title: &str, unit: &str, bars: &[(String, f64)]) -> String {
    let bottom = bars.iter().fold(TOP, |height, _| height + PITCH);
    let mut drawing = Drawing::new(title, bottom + 56.0);
    let along = Scale::over(&Axis::logarithmic(unit), bars.iter().map(|bar| bar.1), (LEFT, RIGHT));
    for tick in along.ticks() {
        let at = along.at(tick);
        drawing.grid((at, TOP), (at, bottom));
        drawing.text((at, bottom + 18.0), Anchor::Middle, &label(tick));
    }
    let mut top = TOP;
    for (index, (name, value)) in bars.iter().enumerate() {
        let end = along.at(*value);
        let base = top + BAR - 4.0;
        drawing.text((LEFT - 8.0, base), Anchor::End, name);
        // The first is ours.
        drawing.bar((LEFT, top), (end - LEFT, BAR), if index == 0 { 0 } else { 5 });
        drawing.text((end + 6.0, base), Anchor::Start, &number(*value));
        top += PITCH;
    }
    drawing.text((f64::midpoint(LEFT, RIGHT), bottom + 42.0), Anchor::Middle, unit);
    drawing.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_has_its_name_and_its_figure() {
        let svg = drawn("Rates", "requests/s", &[("ours".into(), 12_345.0), ("theirs".into(), 99.0)]);
        for text in [">ours<", ">theirs<", ">12,345<", ">99.0<", ">requests/s<"] {
            assert!(svg.contains(text), "no {text} in {svg}");
        }
    }
}
