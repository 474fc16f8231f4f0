//! The table of ratios, for a terminal and for the document.

use crate::row::{Peer, Row};
use crate::sample::Summary;

const HEADINGS: [&str; 7] = ["what", "unit", "ours", "beside", "ratio", "target", "reached"];

/// Columns of plain text, a row to a line; what a figure varied by stands in brackets.
pub fn printed<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    let lines: Vec<[String; 7]> =
        std::iter::once(HEADINGS.map(String::from)).chain(rows.into_iter().map(cells)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..HEADINGS.len()).map(width).collect();
    let padded = |line: &[String; 7]| {
        let cells: Vec<_> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    lines.iter().map(padded).collect()
}

/// The same in Markdown.
pub fn markdown<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    let line =
        |cells: [String; 7]| format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "));
    let rule = line([(); 7].map(|()| "---".to_owned()));
    let head = line(HEADINGS.map(String::from)) + &rule;
    head + &rows.into_iter().map(|row| line(cells(row))).collect::<String>()
}

fn cells(row: &Row) -> [String; 7] {
    let beside = match &row.peer {
        Peer::None => String::new(),
        Peer::Measured { name, figure } => format!("{name}: {}", with_spread(*figure)),
        Peer::Missing { name, why } => format!("{name}: {why}"),
    };
    [
        row.what.clone(),
        row.unit.clone(),
        with_spread(row.ours),
        beside,
        row.ratio.map(with_spread).unwrap_or_default(),
        row.target.map(|target| target.to_string()).unwrap_or_default(),
        row.verdict().to_string(),
    ]
}

/// `1,204 (1,190..1,230)`; without the brackets where nothing varied.
fn with_spread(figure: Summary) -> String {
    let Summary { median, low, high } = figure;
    let (low, high) = (number(low), number(high));
    if low == high { number(median) } else { format!("{} ({low}..{high})", number(median)) }
}

/// Three significant digits below a hundred, whole with thousands apart above.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 99.95 {
        return grouped(&format!("{value:.0}"));
    }
    let decimals = match size {
        9.995.. => 1,
        0.9995.. => 2,
        0.0 => 0,
        _ => 3,
    };
    format!("{value:.decimals$}")
}

fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{Rounds, Target};

    fn rows() -> [Row; 2] {
        let peer = Rounds { name: "bare", figures: Ok(&[20_000.0, 20_000.0, 20_000.0]) };
        let ours = [12_000.0, 11_000.0, 12_500.0];
        let missing = Rounds { name: "Prism", figures: Err("no node | npm") };
        [
            Row::beside("read", "requests/s", &ours, &peer, Some(Target::AtLeast(0.5))).unwrap(),
            Row::beside("start", "ms", &[1.5], &missing, Some(Target::AtMost(0.1))).unwrap(),
        ]
    }

    #[test]
    fn the_printed_table_has_its_columns_under_each_other() {
        let table = printed(&rows());
        assert_eq!(
            table,
            "\
what   unit        ours                     beside                ratio                 target          reached
read   requests/s  12,000 (11,000..12,500)  bare: 20,000          0.600 (0.550..0.625)  at least 0.5 x  yes
start  ms          1.50                     Prism: no node | npm                        at most 0.1 x   not measured
"
        );
    }

    #[test]
    fn the_markdown_table_escapes_what_would_end_a_cell() {
        let table = markdown(&rows());
        assert_eq!(table.lines().count(), 4);
        assert_eq!(
            table.lines().last().unwrap(),
            "| start | ms | 1.50 | Prism: no node \\| npm |  | at most 0.1 x | not measured |"
        );
    }

    #[test]
    fn numbers_keep_three_digits_and_big_ones_are_grouped() {
        let cases = [
            (1_234_567.8, "1,234,568"),
            (999.96, "1,000"),
            (-1_500.0, "-1,500"),
            (99.96, "100"),
            (99.94, "99.9"),
            (9.999, "10.0"),
            (1.5, "1.50"),
            (0.012_34, "0.012"),
            (0.0, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
