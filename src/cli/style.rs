//! Colors, and the width of the terminal.

use crate::export::{Mark, Style};
use anstyle::AnsiColor;

/// Columns where the terminal does not say; also the most that a line has, for the eye's sake.
const WIDTH: usize = 80;

/// A painter for marks: with colors when `to_stdout` and stdout shows them, else none.
pub(super) fn painter(to_stdout: bool) -> impl Fn(Mark, &str) -> String {
    let choice = anstream::AutoStream::choice(&std::io::stdout());
    let colored = to_stdout && choice != anstream::ColorChoice::Never;
    move |mark, text| {
        if colored && !text.is_empty() {
            let style = ansi(mark);
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// The style for text, as wide as `COLUMNS` asks for, else as the terminal is.
pub(super) fn style(paint: &dyn Fn(Mark, &str) -> String) -> Style<'_> {
    let asked = std::env::var("COLUMNS").ok();
    let asked = asked.and_then(|text| text.parse().ok());
    let shown = || terminal_size::terminal_size_of(std::io::stdout());
    let columns = asked.or_else(|| shown().map(|(columns, _)| usize::from(columns.0)));
    let width = columns.unwrap_or(WIDTH).clamp(40, 120);
    Style { width, paint }
}

fn ansi(mark: Mark) -> anstyle::Style {
    let plain = anstyle::Style::new();
    match mark {
        Mark::Heading => plain.bold(),
        Mark::Author => AnsiColor::Cyan.on_default(),
        Mark::Faint => plain.dimmed(),
        Mark::Support => AnsiColor::Green.on_default(),
        Mark::Attack => AnsiColor::Red.on_default(),
        Mark::Person => AnsiColor::Magenta.on_default().bold(),
    }
}
