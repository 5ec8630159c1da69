//! Extensions of abstract argumentation frameworks in the format of ICCMA 2023, a file each.
//!
//! `cargo run --example extensions -- preferred FILE...` writes for each file a line `# FILE`, or
//! `# FILE (not all)` where the bound was reached, and a line `w 1 3` for each extension, as solvers of
//! that competition do. `grounded` and `stable` are the other semantics.

use rejoinder::argument::semantics::{
    Bound, Enumeration, Framework, Label, grounded, preferred, stable,
};
use std::{env, error::Error, fmt::Write, fs, io::Write as _};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let semantics = arguments.next().ok_or("name a semantics, then files")?;
    let mut out = String::new();
    for file in arguments {
        let framework =
            read(&fs::read_to_string(&file)?).ok_or_else(|| format!("{file}: no framework"))?;
        let found = match semantics.as_str() {
            "grounded" => the_grounded(&framework),
            "preferred" => preferred(&framework, Bound::default()),
            "stable" => stable(&framework, Bound::default()),
            other => return Err(format!("{other} is not grounded, preferred or stable").into()),
        };
        let all = if found.complete { "" } else { " (not all)" };
        writeln!(out, "# {file}{all}")?;
        for extension in found.extensions {
            out.push('w');
            for argument in extension {
                write!(out, " {}", argument + 1)?;
            }
            out.push('\n');
        }
    }
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(())
}

fn the_grounded(framework: &Framework) -> Enumeration {
    let labels = grounded(framework);
    let accepted = (0..labels.len()).filter(|&argument| labels[argument] == Label::In);
    Enumeration {
        extensions: vec![accepted.collect()],
        complete: true,
    }
}

/// The framework of a text; arguments are counted from 1 there and from 0 here.
fn read(text: &str) -> Option<Framework> {
    let mut lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let n = lines.next()?.strip_prefix("p af ")?.trim().parse().ok()?;
    let attack = |line: &str| {
        let (from, to) = line.split_once(' ')?;
        let number = |text: &str| text.trim().parse::<usize>().ok()?.checked_sub(1);
        Some((number(from)?, number(to)?))
    };
    let attacks: Vec<_> = lines.map(attack).collect::<Option<_>>()?;
    Framework::new(n, &attacks).ok()
}
