//! Bars, drawn as SVG. What a chart shows stands in a table beside it, so that the drawing itself is left out for those
//! who do not see it.

/// One bar of a chart, in parts from below.
pub(super) struct Bar {
    /// What stands below it, on some bars.
    pub(super) label: String,
    /// Whole numbers of whatever is counted: the first part, and what stands on it.
    pub(super) parts: [i64; 2],
}

/// One bar as it is drawn, in units of the drawing.
pub(super) struct Drawn {
    pub(super) x: i64,
    pub(super) lower_y: i64,
    pub(super) lower_height: i64,
    pub(super) upper_y: i64,
    pub(super) upper_height: i64,
    pub(super) label: String,
}

/// Width and height of a drawing without its labels, and the distance of two bars.
pub(super) const WIDTH: i64 = 24 * STEP;
pub(super) const HEIGHT: i64 = 120;
const STEP: i64 = 30;

/// A chart of at most 24 bars, the highest as high as the drawing.
pub(super) struct Chart {
    pub(super) bars: Vec<Drawn>,
    /// What the highest bar stands for.
    pub(super) most: i64,
}

impl Chart {
    pub(super) fn of(bars: Vec<Bar>) -> Self {
        let most = bars.iter().map(|bar| bar.parts.iter().sum::<i64>()).max().unwrap_or(0);
        let height = |count: i64| {
            if most == 0 {
                0
            } else {
                i64::try_from(i128::from(count) * i128::from(HEIGHT) / i128::from(most)).unwrap_or(0)
            }
        };
        let drawn = bars.into_iter().zip(0..).map(|(Bar { label, parts: [lower, upper] }, place)| {
            let (lower_height, upper_height) = (height(lower), height(upper));
            let lower_y = HEIGHT - lower_height;
            Drawn {
                x: place * STEP + 3,
                lower_y,
                lower_height,
                upper_y: lower_y - upper_height,
                upper_height,
                label,
            }
        });
        Self { bars: drawn.collect(), most }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(lower: i64, upper: i64) -> Bar {
        Bar { label: String::new(), parts: [lower, upper] }
    }

    #[test]
    fn the_highest_bar_fills_the_drawing_and_parts_stand_on_each_other() {
        let chart = Chart::of(vec![bar(3, 1), bar(1, 0), bar(0, 0)]);
        assert_eq!(chart.most, 4);
        let [first, second, third] = chart.bars.try_into().ok().unwrap();
        assert_eq!((first.lower_height, first.upper_height, first.upper_y), (90, 30, 0));
        assert_eq!((second.lower_y, second.lower_height), (90, 30));
        assert_eq!((third.lower_height, third.x), (0, 63));
    }

    #[test]
    fn nothing_and_the_greatest_numbers_are_drawn_too() {
        assert_eq!(Chart::of(Vec::new()).most, 0);
        assert_eq!(Chart::of(vec![bar(0, 0)]).bars[0].lower_height, 0);
        assert_eq!(Chart::of(vec![bar(i64::MAX, 0)]).bars[0].lower_height, HEIGHT);
    }
}
