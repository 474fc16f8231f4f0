//! `docs/benchmarks.md` and its plots, written from the figures.

use std::fs;

use crate::Outcome;
use crate::figures::{Figures, Measured, folder};
use crate::section::Section;
use crate::table::markdown;

const INTRODUCTION: &str = "\
# Benchmarks

Written by `cargo xtask bench`; what is changed here by hand is lost at the next run. `--only NAME,...` measures some of
the sections below and leaves the others as they are; `--quick` tries everything out in short rounds.

Ours, its peers and the bare limits of the machine are measured in turns in one run, one under load at a time, the load
generator on the same cores. A figure is the median of the rounds, with the least and the greatest in brackets; a ratio
is ours by the other's, taken round by round. Absolute figures differ from machine to machine, ratios much less.
";

/// Writes the document and its plots, and removes plots that no section has any more.
pub fn write(figures: &Figures, sections: &[Section]) -> Outcome {
    let folder = folder();
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "svg") {
            fs::remove_file(path)?;
        }
    }
    let measured = sections.iter().filter_map(|section| figures.section(section.name));
    for plot in measured.flat_map(|measured| &measured.findings.plots) {
        fs::write(folder.join(&plot.name).with_extension("svg"), plot.drawn())?;
    }
    fs::write(folder.with_extension("md"), text(figures, sections))?;
    Ok(())
}

fn text(figures: &Figures, sections: &[Section]) -> String {
    let names: Vec<_> = sections.iter().map(|section| section.name).collect();
    let parts = sections.iter().map(|section| part(section, figures.section(section.name)));
    let paragraphs: Vec<_> = [INTRODUCTION.to_owned(), markdown(figures.rows(&names))]
        .into_iter()
        .chain(parts.flatten())
        .map(|paragraph| paragraph.trim_end().to_owned())
        .collect();
    paragraphs.join("\n\n") + "\n"
}

/// The paragraphs of one section.
fn part(section: &Section, measured: Option<&Measured>) -> Vec<String> {
    let mut paragraphs =
        vec![format!("## {} (`{}`)", section.about, section.name), section.method.to_owned()];
    let Some(Measured { on, quick, findings }) = measured else {
        paragraphs.push("Not measured yet.".to_owned());
        return paragraphs;
    };
    let quick = if *quick { " A quick run: short rounds, small databases." } else { "" };
    paragraphs.push(format!("Measured {on}.{quick}"));
    paragraphs.extend(findings.notes.iter().cloned());
    paragraphs
        .extend(findings.complaints.iter().map(|complaint| format!("**Not as it must be:** {complaint}.")));
    let plots = findings.plots.iter();
    paragraphs.extend(plots.map(|plot| format!("![{}](benchmarks/{}.svg)", plot.title, plot.name)));
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Plot, Shape};
    use crate::row::Row;
    use crate::section::Findings;

    const SECTIONS: [Section; 2] = [
        Section { name: "read", about: "Reading", method: "How.", run: |_| Ok(Findings::default()) },
        Section { name: "write", about: "Writing", method: "How.", run: |_| Ok(Findings::default()) },
    ];

    #[test]
    fn the_document_has_one_table_and_a_part_for_each_section() {
        let mut figures = Figures::default();
        let plot = Plot {
            name: "rates".into(),
            title: "Rates".into(),
            shape: Shape::Bars { unit: "requests/s".into(), bars: Vec::new() },
        };
        let rows = vec![Row::alone("a read", "ms", &[2.0]).unwrap()];
        let (notes, complaints) = (vec!["Mind this.".into()], vec!["It grew".into()]);
        figures.put("read", true, Findings { rows, plots: vec![plot], notes, complaints });
        let text = text(&figures, &SECTIONS);
        for piece in [
            "| a read | ms | 2.00 |",
            "## Reading (`read`)\n\nHow.\n",
            "A quick run",
            "\nMind this.\n",
            "\n**Not as it must be:** It grew.\n",
            "![Rates](benchmarks/rates.svg)",
            "## Writing (`write`)\n\nHow.\n\nNot measured yet.\n",
        ] {
            assert!(text.contains(piece), "no {piece:?} in {text}");
        }
    }
}
