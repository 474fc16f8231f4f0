//! From values to positions, and where the ticks stand.

use super::Axis;

/// One axis of a drawing: a range of values over a range of positions.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    is_logarithmic: bool,
    /// The least and the greatest value.
    values: (f64, f64),
    /// Where those two stand.
    positions: (f64, f64),
}

/// Ticks aimed at on a linear axis.
const TICKS: f64 = 5.0;

impl Scale {
    /// An axis over all of the values, from zero where it is linear, out to whole ticks.
    pub fn over(axis: &Axis, values: impl Iterator<Item = f64>, positions: (f64, f64)) -> Self {
        let values: Vec<_> = values.filter(|value| value.is_finite()).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = values.iter().copied().fold(0.0, f64::max);
        let values = if axis.is_logarithmic {
            let least = if least > 0.0 && least.is_finite() { least } else { 1.0 };
            let (low, high) = (least.log10().floor(), greatest.max(least).log10().ceil());
            (10_f64.powf(low), 10_f64.powf(high.max(low + 1.0)))
        } else {
            let greatest = if greatest > 0.0 { greatest } else { 1.0 };
            let step = step(greatest);
            (0.0, (greatest / step).ceil() * step)
        };
        Self { is_logarithmic: axis.is_logarithmic, values, positions }
    }

    /// Where a value stands; what does not fit on the axis stands at its end.
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        let value = value.clamp(low, high);
        let part = if self.is_logarithmic {
            (value / low).log10() / (high / low).log10()
        } else {
            (value - low) / (high - low)
        };
        self.positions.0 + part * (self.positions.1 - self.positions.0)
    }

    /// The values that are written at the axis.
    pub fn ticks(&self) -> Vec<f64> {
        let (low, high) = self.values;
        let mut ticks = Vec::new();
        let step = step(high);
        let mut tick = low;
        // Half a step more, since sums of steps are not exact.
        while tick <= high + if self.is_logarithmic { high / 2.0 } else { step / 2.0 } {
            ticks.push(tick);
            tick = if self.is_logarithmic { tick * 10.0 } else { tick + step };
        }
        ticks
    }
}

/// The step of 1, 2 or 5 times a power of ten that divides up to `greatest` into about [`TICKS`].
fn step(greatest: f64) -> f64 {
    let rough = greatest / TICKS;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough);
    factor.unwrap_or(10.0) * power
}

/// A tick's text: `1,000` as `1k`, `1,000,000` as `1M`.
pub fn label(value: f64) -> String {
    let (scaled, suffix) = match value {
        1e9.. => (value / 1e9, "G"),
        1e6.. => (value / 1e6, "M"),
        1e3.. => (value / 1e3, "k"),
        _ => (value, ""),
    };
    // Steps are sums of floating-point numbers; three decimals are more than a tick needs.
    format!("{}{suffix}", (scaled * 1_000.0).round() / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(values: impl IntoIterator<Item = f64>) -> Vec<String> {
        values.into_iter().map(|value| format!("{value:.3}")).collect()
    }

    #[test]
    fn a_linear_axis_begins_at_zero_and_ends_on_a_tick() {
        let scale = Scale::over(&Axis::linear(""), [3.0, 93.0].into_iter(), (0.0, 100.0));
        assert_eq!(rounded(scale.ticks()), rounded([0.0, 20.0, 40.0, 60.0, 80.0, 100.0]));
        assert_eq!(rounded([scale.at(0.0), scale.at(25.0), scale.at(100.0)]), rounded([0.0, 25.0, 100.0]));
    }

    #[test]
    fn a_logarithmic_axis_spans_whole_powers_of_ten() {
        let scale = Scale::over(&Axis::logarithmic(""), [20.0, 9_000.0].into_iter(), (0.0, 300.0));
        assert_eq!(rounded(scale.ticks()), rounded([10.0, 100.0, 1_000.0, 10_000.0]));
        assert_eq!(
            rounded([scale.at(10.0), scale.at(100.0), scale.at(10_000.0)]),
            rounded([0.0, 100.0, 300.0])
        );
    }

    #[test]
    fn positions_may_run_downwards_as_on_a_page() {
        let scale = Scale::over(&Axis::linear(""), [10.0].into_iter(), (200.0, 0.0));
        assert_eq!(rounded([scale.at(0.0), scale.at(10.0)]), rounded([200.0, 0.0]));
    }

    #[test]
    fn values_that_cannot_be_drawn_leave_an_axis_with_ticks() {
        for axis in [Axis::linear(""), Axis::logarithmic("")] {
            let scale = Scale::over(&axis, [0.0, f64::NAN].into_iter(), (0.0, 1.0));
            assert!(scale.ticks().len() >= 2, "{axis:?}");
            assert!(scale.at(0.0).is_finite(), "{axis:?}");
        }
    }

    #[test]
    fn tick_labels_are_short() {
        let cases =
            [(0.0, "0"), (0.1, "0.1"), (0.300_000_000_4, "0.3"), (2_000.0, "2k"), (1_500_000.0, "1.5M")];
        for (value, text) in cases {
            assert_eq!(label(value), text);
        }
    }
}
