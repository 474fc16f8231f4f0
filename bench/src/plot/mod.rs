//! Plots as SVG, readable on light and on dark.

mod bars;
mod lines;
mod scale;
mod svg;

use serde::{Deserialize, Serialize};

/// A plot as its figures; drawn anew whenever the document is written.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Plot {
    /// The file's name without `.svg`.
    pub name: String,
    pub title: String,
    pub shape: Shape,
}

/// How figures are drawn.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub enum Shape {
    /// A line for each series.
    Lines { x: Axis, y: Axis, series: Vec<Series> },
    /// A bar for each name, lengthwise, on a logarithmic axis.
    Bars { unit: String, bars: Vec<(String, f64)> },
}

/// An axis of a plot.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Axis {
    /// With its unit, such as `p99 latency (ms)`.
    pub label: String,
    /// Powers of ten at equal distances; else linear from zero.
    pub is_logarithmic: bool,
}

/// One line.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Series {
    /// For the legend.
    pub name: String,
    /// From left to right.
    pub points: Vec<(f64, f64)>,
}

impl Axis {
    pub fn linear(label: &str) -> Self {
        Self { label: label.into(), is_logarithmic: false }
    }

    pub fn logarithmic(label: &str) -> Self {
        Self { label: label.into(), is_logarithmic: true }
    }
}

impl Plot {
    /// The SVG document.
    pub fn drawn(&self) -> String {
        match &self.shape {
            Shape::Lines { x, y, series } => lines::drawn(&self.title, x, y, series),
            Shape::Bars { unit, bars } => bars::drawn(&self.title, unit, bars),
        }
    }
}
