//! The frame that all plots share.

use std::fmt::Write as _;

/// Width of a plot, in pixels.
pub const WIDTH: f64 = 720.0;

/// Colours of series that differ by lightness as well as by hue, for either background.
pub const COLOURS: usize = 6;

/// One set of colours for each background that the reader may have.
const STYLE: &str = "\
svg { --ink: #1f2328; --faint: #d1d9e0; --paper: #ffffff;
  --c0: #0969da; --c1: #bc4c00; --c2: #1a7f37; --c3: #8250df; --c4: #9a6700; --c5: #57606a; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --faint: #3d444d; --paper: #0d1117;
    --c0: #58a6ff; --c1: #f0883e; --c2: #3fb950; --c3: #bc8cff; --c4: #d29922; --c5: #9198a1; } }
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.title { font-weight: 600; font-size: 15px; }
.grid { stroke: var(--faint); stroke-width: 1; }
.line { fill: none; stroke-width: 2; }
";

/// A drawing under way.
#[derive(Debug)]
pub struct Drawing {
    body: String,
    height: f64,
}

/// How a text stands to its position.
#[derive(Clone, Copy, Debug)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    pub fn new(title: &str, height: f64) -> Self {
        let mut drawing = Self { body: String::new(), height };
        let title = escaped(title);
        drawing.push(&format!("<title>{title}</title>\n<style>\n{STYLE}</style>"));
        drawing.push(&format!(
            r#"<rect width="{WIDTH}" height="{height}" fill="var(--paper)"/>
<text class="title" x="16" y="24">{title}</text>"#
        ));
        drawing
    }

    /// A line of the grid.
    pub fn grid(&mut self, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.push(&format!(r#"<line class="grid" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#));
    }

    /// A text of one line.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let ((x, y), text) = (at, escaped(text));
        self.push(&format!(r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{text}</text>"#));
    }

    /// A text that runs upwards, centred.
    pub fn text_upwards(&mut self, at: (f64, f64), text: &str) {
        let ((x, y), text) = (at, escaped(text));
        self.push(&format!(
            r#"<text transform="translate({x:.1} {y:.1}) rotate(-90)" text-anchor="middle">{text}</text>"#
        ));
    }

    /// A line through the points, with a dot at each.
    pub fn line(&mut self, points: &[(f64, f64)], colour: usize) {
        let colour = colour % COLOURS;
        let mut path = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let command = if index == 0 { 'M' } else { 'L' };
            // Writing to a string cannot fail.
            let _ = write!(path, "{command}{x:.1} {y:.1}");
        }
        self.push(&format!(r#"<path class="line" stroke="var(--c{colour})" d="{path}"/>"#));
        for (x, y) in points {
            self.push(&format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="var(--c{colour})"/>"#));
        }
    }

    /// A filled rectangle.
    pub fn bar(&mut self, at: (f64, f64), size: (f64, f64), colour: usize) {
        let ((x, y), (width, height), colour) = (at, size, colour % COLOURS);
        self.push(&format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="var(--c{colour})"/>"#
        ));
    }

    /// The document.
    pub fn end(self) -> String {
        let Self { body, height } = self;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">
{body}</svg>
"#
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_out_of_the_document() {
        let mut drawing = Drawing::new("a < b", 10.0);
        drawing.text((0.0, 0.0), Anchor::Start, "c & d");
        let svg = drawing.end();
        assert!(svg.contains("a &lt; b") && svg.contains("c &amp; d"), "{svg}");
    }
}
