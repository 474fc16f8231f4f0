//! Series over a common axis.

use super::scale::{Scale, label};
use super::svg::{Anchor, Drawing, WIDTH};
use super::{Axis, Series};

/// The plain, in pixels; the axes' texts stand outside it.
const LEFT: f64 = 72.0;
const RIGHT: f64 = WIDTH - 24.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 320.0;
/// Height of a line of the legend.
const LEGEND_LINE: f64 = 20.0;

pub fn drawn(title: &str, x: &Axis, y: &Axis, series: &[Series]) -> String {
    let legend = BOTTOM + 64.0;
    let mut drawing = Drawing::new(title, series.iter().fold(legend, |height, _| height + LEGEND_LINE));
    let points = || series.iter().flat_map(|series| &series.points);
    let across = Scale::over(x, points().map(|point| point.0), (LEFT, RIGHT));
    let up = Scale::over(y, points().map(|point| point.1), (BOTTOM, TOP));
    for tick in across.ticks() {
        let at = across.at(tick);
        drawing.grid((at, TOP), (at, BOTTOM));
        drawing.text((at, BOTTOM + 18.0), Anchor::Middle, &label(tick));
    }
    for tick in up.ticks() {
        let at = up.at(tick);
        drawing.grid((LEFT, at), (RIGHT, at));
        drawing.text((LEFT - 8.0, at + 4.0), Anchor::End, &label(tick));
    }
    drawing.text((f64::midpoint(LEFT, RIGHT), BOTTOM + 40.0), Anchor::Middle, &x.label);
    drawing.text_upwards((20.0, f64::midpoint(TOP, BOTTOM)), &y.label);
    let mut height = legend;
    for (colour, Series { name, points }) in series.iter().enumerate() {
        let points: Vec<_> = points.iter().map(|(x, y)| (across.at(*x), up.at(*y))).collect();
        drawing.line(&points, colour);
        drawing.bar((LEFT, height - 6.0), (20.0, 4.0), colour);
        drawing.text((LEFT + 28.0, height), Anchor::Start, name);
        height += LEGEND_LINE;
    }
    drawing.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_names_its_axes_and_every_series_and_draws_each_point() {
        let series = |name: &str| Series { name: name.into(), points: vec![(1.0, 2.0), (10.0, 4.0)] };
        let svg = drawn(
            "Growth",
            &Axis::logarithmic("rows"),
            &Axis::linear("latency (ms)"),
            &[series("ours"), series("bare")],
        );
        for text in [">rows<", ">latency (ms)<", ">ours<", ">bare<", ">Growth<"] {
            assert!(svg.contains(text), "no {text} in {svg}");
        }
        assert_eq!(svg.matches("<circle").count(), 4);
        assert_eq!(svg.matches("<path").count(), 2);
    }
}
