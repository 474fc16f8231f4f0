//! Bars, drawn as SVG. What a chart shows stands in a table beside it, so that the drawing itself is left out for those
//! who do not see it. Drawings are as wide as their place and no wider than their words allow: what goes across is a share
//! of the width, and what goes up and down, like the words, has the size of the page's.

/// One bar of a chart, in parts from below.
pub(super) struct Bar {
    /// What stands below it, on some bars.
    pub(super) label: String,
    /// Whole numbers of whatever is counted: the first part, and what stands on it.
    pub(super) parts: [i64; 2],
}

/// One bar as it is drawn.
pub(super) struct Drawn {
    pub(super) x: Share,
    pub(super) lower_y: i64,
    pub(super) lower_height: i64,
    pub(super) upper_y: i64,
    pub(super) upper_height: i64,
    pub(super) label: String,
    /// Where its label stands.
    pub(super) label_x: Share,
    /// Whether the label ends there, since there is no room to begin there.
    pub(super) is_last: bool,
}

/// A share of the width of a drawing.
pub(super) type Share = String;

/// The height of a drawing without its labels.
pub(super) const HEIGHT: i64 = 120;
/// The width of a bar, of the place that it has.
const FILLED: (i64, i64) = (4, 5);
/// Bars of a chart.
const BARS: i64 = 24;
/// Labels of this many last bars have no room to the right of where they begin, at 320 pixels.
const LAST: i64 = 4;

/// A chart of at most 24 bars, the highest as high as the drawing.
pub(super) struct Chart {
    pub(super) bars: Vec<Drawn>,
    /// How wide each of them is.
    pub(super) bar_width: Share,
    /// What the highest bar stands for.
    pub(super) most: i64,
}

impl Chart {
    pub(super) fn of(bars: Vec<Bar>) -> Self {
        let most = bars.iter().map(|bar| bar.parts.iter().sum::<i64>()).max().unwrap_or(0);
        let height = |count: i64| part(count, most, HEIGHT);
        let drawn = bars.into_iter().zip(0..).map(|(Bar { label, parts: [lower, upper] }, place)| {
            let (lower_height, upper_height) = (height(lower), height(upper));
            let lower_y = HEIGHT - lower_height;
            let is_last = place >= BARS - LAST;
            let (many, of) = FILLED;
            Drawn {
                x: share(place, BARS),
                lower_y,
                lower_height,
                upper_y: lower_y - upper_height,
                upper_height,
                label,
                label_x: if is_last { share(place * of + many, BARS * of) } else { share(place, BARS) },
                is_last,
            }
        });
        Self { bars: drawn.collect(), bar_width: share(FILLED.0, FILLED.1 * BARS), most }
    }
}

/// One count as it is drawn: a line with its name and number, and a bar under it.
pub(super) struct Count {
    pub(super) name: String,
    pub(super) number: i64,
    pub(super) name_y: i64,
    pub(super) bar_y: i64,
    pub(super) width: Share,
}

/// Counts by name, the greatest as long as the drawing is wide.
pub(super) struct Counts {
    pub(super) rows: Vec<Count>,
    pub(super) height: i64,
}

/// The height of a line with its bar.
const ROW: i64 = 44;

impl Counts {
    pub(super) fn of<'a>(counts: impl Iterator<Item = (&'a str, i64)> + Clone) -> Self {
        let most = counts.clone().map(|(_, count)| count).max().unwrap_or(0);
        let rows = counts.zip(0..).map(|((name, count), place)| Count {
            name: name.to_owned(),
            number: count,
            name_y: place * ROW + 20,
            bar_y: place * ROW + 27,
            // What is there at all is seen, however few it is beside the others.
            width: share(part(count, most, 1000).max(i64::from(count > 0) * 5), 1000),
        });
        let rows: Vec<_> = rows.collect();
        let height = rows.last().map_or(0, |row| row.bar_y + 17);
        Self { rows, height }
    }
}

/// So many of the most, where the most are `whole`.
fn part(count: i64, most: i64, whole: i64) -> i64 {
    if most == 0 {
        return 0;
    }
    i64::try_from(i128::from(count) * i128::from(whole) / i128::from(most)).unwrap_or(0)
}

fn share(part: i64, of: i64) -> Share {
    let hundredths = part * 10_000 / of;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
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
        assert_eq!((third.lower_height, third.x.as_str()), (0, "8.33%"));
    }

    #[test]
    fn the_labels_of_the_last_bars_end_where_their_bars_end() {
        let chart = Chart::of((0..24).map(|_| bar(1, 0)).collect());
        assert_eq!((chart.bar_width.as_str(), chart.bars[23].x.as_str()), ("3.33%", "95.83%"));
        let at = |place: usize| (chart.bars[place].label_x.as_str(), chart.bars[place].is_last);
        assert_eq!((at(19), at(20), at(23)), (("79.16%", false), ("86.66%", true), ("99.16%", true)));
    }

    #[test]
    fn nothing_and_the_greatest_numbers_are_drawn_too() {
        assert_eq!(Chart::of(Vec::new()).most, 0);
        assert_eq!(Chart::of(vec![bar(0, 0)]).bars[0].lower_height, 0);
        assert_eq!(Chart::of(vec![bar(i64::MAX, 0)]).bars[0].lower_height, HEIGHT);
        assert_eq!(Counts::of(std::iter::empty()).height, 0);
    }

    #[test]
    fn the_greatest_count_is_as_long_as_the_drawing_and_the_least_is_seen() {
        let counts = [("CONNECTED", 9_000_000), ("DENIED", 4_500_000), ("LOCKED", 1), ("CREATED", 0)];
        let drawn = Counts::of(counts.into_iter());
        let widths: Vec<_> = drawn.rows.iter().map(|row| row.width.as_str()).collect();
        assert_eq!(widths, ["100.00%", "50.00%", "0.50%", "0.00%"]);
        assert_eq!((drawn.rows[1].name_y, drawn.rows[1].bar_y, drawn.height), (64, 71, 176));
    }
}
