//! Vectors of the Common Vulnerability Scoring System: which metrics there are, and which must be there.
//!
//! Sources: the specifications of FIRST: CVSS 2.0 (2007, section 2.4), 3.0 and 3.1 (2015 and 2019,
//! section 6), 4.0 (2023, section 7).

/// A metric with its values; those of the first rows of a version must be there.
type Metric = (&'static str, &'static [&'static str]);

const IMPACT: &[&str] = &["N", "L", "H"];
const XLMH: &[&str] = &["X", "L", "M", "H"];
const XNLH: &[&str] = &["X", "N", "L", "H"];
const REQUIREMENT: &[&str] = &["L", "M", "H", "ND"];

/// Metrics of version 2.0; the first six are required.
const V2: &[Metric] = &[
    ("AV", &["L", "A", "N"]),
    ("AC", &["H", "M", "L"]),
    ("Au", &["M", "S", "N"]),
    ("C", &["N", "P", "C"]),
    ("I", &["N", "P", "C"]),
    ("A", &["N", "P", "C"]),
    ("E", &["U", "POC", "F", "H", "ND"]),
    ("RL", &["OF", "TF", "W", "U", "ND"]),
    ("RC", &["UC", "UR", "C", "ND"]),
    ("CDP", &["N", "L", "LM", "MH", "H", "ND"]),
    ("TD", &["N", "L", "M", "H", "ND"]),
    ("CR", REQUIREMENT),
    ("IR", REQUIREMENT),
    ("AR", REQUIREMENT),
];

/// Metrics of versions 3.0 and 3.1; the first eight are required.
const V3: &[Metric] = &[
    ("AV", &["N", "A", "L", "P"]),
    ("AC", &["L", "H"]),
    ("PR", IMPACT),
    ("UI", &["N", "R"]),
    ("S", &["U", "C"]),
    ("C", IMPACT),
    ("I", IMPACT),
    ("A", IMPACT),
    ("E", &["X", "U", "P", "F", "H"]),
    ("RL", &["X", "O", "T", "W", "U"]),
    ("RC", &["X", "U", "R", "C"]),
    ("CR", XLMH),
    ("IR", XLMH),
    ("AR", XLMH),
    ("MAV", &["X", "N", "A", "L", "P"]),
    ("MAC", &["X", "L", "H"]),
    ("MPR", XNLH),
    ("MUI", &["X", "N", "R"]),
    ("MS", &["X", "U", "C"]),
    ("MC", XNLH),
    ("MI", XNLH),
    ("MA", XNLH),
];

/// Metrics of version 4.0; the first eleven are required.
const V4: &[Metric] = &[
    ("AV", &["N", "A", "L", "P"]),
    ("AC", &["L", "H"]),
    ("AT", &["N", "P"]),
    ("PR", IMPACT),
    ("UI", &["N", "P", "A"]),
    ("VC", IMPACT),
    ("VI", IMPACT),
    ("VA", IMPACT),
    ("SC", IMPACT),
    ("SI", IMPACT),
    ("SA", IMPACT),
    ("E", &["X", "A", "P", "U"]),
    ("CR", XLMH),
    ("IR", XLMH),
    ("AR", XLMH),
    ("MAV", &["X", "N", "A", "L", "P"]),
    ("MAC", &["X", "L", "H"]),
    ("MAT", &["X", "N", "P"]),
    ("MPR", XNLH),
    ("MUI", &["X", "N", "P", "A"]),
    ("MVC", XNLH),
    ("MVI", XNLH),
    ("MVA", XNLH),
    ("MSC", XNLH),
    ("MSI", &["X", "S", "N", "L", "H"]),
    ("MSA", &["X", "S", "N", "L", "H"]),
    ("S", &["X", "N", "P"]),
    ("AU", &["X", "N", "Y"]),
    ("R", &["X", "A", "U", "I"]),
    ("V", &["X", "D", "C"]),
    ("RE", &["X", "L", "M", "H"]),
    ("U", &["X", "Clear", "Green", "Amber", "Red"]),
];

/// The vector in its normal form, or `None` if it is none: a metric is unknown, repeated or lacking, or has
/// a value that it cannot have.
///
/// Metrics stand in the order of the specification, those that are "not defined" are left out. A vector of
/// version 2.0 has no prefix there; one without a prefix is read as such.
pub(super) fn normalize(vector: &str) -> Option<String> {
    let Some(rest) = vector.strip_prefix("CVSS:") else {
        return canonical(vector, V2, 6);
    };
    let (version, rest) = rest.split_once('/')?;
    let metrics = match version {
        "2.0" => return canonical(rest, V2, 6),
        "3.0" | "3.1" => canonical(rest, V3, 8)?,
        "4.0" => canonical(rest, V4, 11)?,
        _ => return None,
    };
    Some(format!("CVSS:{version}/{metrics}"))
}

/// The metrics of a vector in the order of `table`, whose first `required` must be there.
fn canonical(vector: &str, table: &[Metric], required: usize) -> Option<String> {
    let mut values: Vec<Option<&str>> = vec![None; table.len()];
    for part in vector.split('/') {
        let (metric, value) = part.split_once(':')?;
        let at = table.iter().position(|(name, _)| *name == metric)?;
        let known = table[at].1.contains(&value);
        if !known || values[at].replace(value).is_some() {
            return None;
        }
    }
    if values[..required].iter().any(Option::is_none) {
        return None;
    }
    let given = table.iter().zip(values).filter_map(|((name, _), value)| {
        let value = value.filter(|value| !["X", "ND"].contains(value))?;
        Some(format!("{name}:{value}"))
    });
    Some(given.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_all_versions_are_known() {
        for vector in [
            "AV:N/AC:L/Au:N/C:P/I:P/A:P",
            "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:POC/RL:OF/RC:C",
            "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/E:F/MAV:A",
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/U:Red",
        ] {
            assert_eq!(normalize(vector).as_deref(), Some(vector));
        }
    }

    #[test]
    fn order_and_undefined_metrics_make_no_difference() {
        let odd = "CVSS:3.1/AC:L/AV:N/UI:N/PR:N/S:U/C:H/A:H/I:H/E:X";
        let same = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
        assert_eq!(normalize(odd).as_deref(), Some(same));
        let prefixed = "CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P";
        assert_eq!(
            normalize(prefixed).as_deref(),
            prefixed.strip_prefix("CVSS:2.0/")
        );
    }

    #[test]
    fn what_lacks_a_metric_or_has_a_wrong_value_is_no_vector() {
        for vector in [
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:P",
            "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "AV:N/AC:L/Au:N/C:P/I:P",
            "A:B/C:D",
            "CVSS:3.1",
        ] {
            assert_eq!(normalize(vector), None, "{vector}");
        }
    }
}
