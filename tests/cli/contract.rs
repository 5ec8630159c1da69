//! What is written keeps the contract of `docs/json.md`: the schemas, and what no schema can say.

use crate::support::{EXAMPLE, THREAD, Workplace, thread_line};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use std::{collections::HashMap, fs};

/// A validator for one of the project's schemas, which refer to each other by `$id`.
struct Contract {
    schemas: HashMap<&'static str, Value>,
}

impl Contract {
    fn new() -> Self {
        let read = |name: &'static str| {
            let path = format!("{}/docs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
            let text = fs::read_to_string(path).expect("a schema");
            (name, serde_json::from_str(&text).expect("a schema is JSON"))
        };
        Self {
            schemas: ["thread", "label", "analysis", "cross"].map(read).into(),
        }
    }

    #[track_caller]
    fn check(&self, name: &str, value: &Value) {
        let others = self.schemas.values().map(|schema| {
            (
                schema["$id"].as_str().expect("an id").to_owned(),
                schema.clone(),
            )
        });
        let mut registry = Registry::new();
        for (id, schema) in others {
            registry = registry.add(id, schema).expect("a resource");
        }
        let registry = registry.prepare().expect("resources");
        let options = jsonschema::options().with_registry(&registry);
        let validator: Validator = options.build(&self.schemas[name]).expect("a schema");
        let errors: Vec<String> = validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

const ODD: &str = r#"{"schema":"rejoinder/thread@1","id":"odd","article":{"title":"Ärger","text":"Ein Satz."},"comments":[{"id":"a","parent":"zz","text":"","author":{"name":"Ada"},"score":{"up":1},"posted":"2026-01-02T03:04:05+01:00"},{"id":"b","state":"deleted","text":"[gone]"},{"id":"c","parent":"b","text":"This host (10.0.0.1) leaks; you fool. See https://vendor.example/é 🔑 for it."},{"id":"p","kind":"pingback","text":"Somebody linked to this story from elsewhere."}]}"#;

fn analyses() -> Vec<Value> {
    let work = Workplace::with_thread();
    work.write("odd.jsonl", ODD);
    work.run(&[
        "analyze",
        "-q",
        "-f",
        "json",
        "thread.jsonl",
        "odd.jsonl",
        EXAMPLE,
    ])
    .ends(0, &[])
    .lines()
}

fn items<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("no array {key}"))
}

fn text(value: &Value, key: &str) -> String {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no text {key}"))
        .to_owned()
}

#[test]
fn all_that_is_written_fits_the_schemas() {
    let contract = Contract::new();
    let work = Workplace::with_thread();
    work.write("odd.jsonl", ODD);
    for line in work
        .run(&["parse", "thread.jsonl", "odd.jsonl", EXAMPLE])
        .ends(0, &[])
        .lines()
    {
        contract.check("thread", &line);
    }
    for line in analyses() {
        contract.check("analysis", &line);
    }
    let corrections = concat!(
        "{\"thread\":\"t/1\",\"comment\":\"b\",\"stance\":\"agree\",\"by\":\"anna\"}\n",
        "{\"thread\":\"t/1\",\"unit\":\"a@0-48\",\"basis\":[],\"by\":\"anna\"}\n",
    );
    work.write("corrections.jsonl", corrections);
    let corrected = [
        "analyze",
        "-f",
        "json",
        "--corrections",
        "corrections.jsonl",
        "thread.jsonl",
    ];
    for line in work.run(&corrected).ends(0, &[]).lines() {
        contract.check("analysis", &line);
        assert_eq!(line["corrections"]["applied"], 2);
    }
    let compared = work
        .run(&[
            "analyze",
            "-q",
            "--cross-thread",
            "-f",
            "json",
            "thread.jsonl",
            "thread.jsonl",
        ])
        .ends(0, &[])
        .lines()
        .remove(2);
    assert!(!items(&compared, "clusters").is_empty());
    contract.check("cross", &compared);
    let texts = "{\"id\":1,\"text\":\"No, the TPM holds it. Did you look?\",\"parent\":\"It leaks.\"}\n{\"id\":2,\"text\":\"\"}\n";
    for arguments in [&["label"][..], &["label", "--explain"]] {
        for line in work.run_on(arguments, texts).ends(0, &[]).lines() {
            contract.check("label", &line);
        }
    }
}

#[test]
fn a_breach_of_the_contract_would_be_seen() {
    let contract = Contract::new();
    let mut broken = analyses().remove(0);
    broken["units"][0]["role"] = json!("wish");
    let checked = std::panic::catch_unwind(|| contract.check("analysis", &broken));
    assert!(checked.is_err());
}

#[test]
fn unit_ids_are_places_in_code_points_inside_their_comment() {
    for analysis in analyses() {
        let comments = items(&analysis["thread"], "comments");
        let texts: HashMap<String, Vec<char>> = comments
            .iter()
            .map(|comment| (text(comment, "id"), text(comment, "text").chars().collect()))
            .collect();
        for unit in items(&analysis, "units") {
            let comment = text(unit, "comment");
            let (start, end) = (
                unit["start"].as_u64().expect("a start"),
                unit["end"].as_u64().expect("an end"),
            );
            assert_eq!(text(unit, "id"), format!("{comment}@{start}-{end}"));
            let words: String = texts[&comment][start as usize..end as usize]
                .iter()
                .collect();
            assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        }
    }
    let first = &analyses()[0];
    let chars: Vec<char> = text(&first["thread"]["comments"][0], "text")
        .chars()
        .collect();
    let place = |key: &str| first["units"][1][key].as_u64().expect("a place") as usize;
    let second: String = chars[place("start")..place("end")].iter().collect();
    assert_eq!(second, "Anybody can read it.");
}

#[test]
fn a_comment_is_as_technical_as_its_most_technical_unit() {
    for analysis in analyses() {
        for comment in items(&analysis, "comments") {
            for label in ["technical", "ad_hominem", "incivility"] {
                let units = items(&analysis, "units").iter();
                let own = units.filter(|unit| unit["comment"] == comment["id"]);
                let largest = own
                    .filter_map(|unit| unit["scores"][label].as_f64())
                    .fold(0.0, f64::max);
                assert_eq!(
                    comment[label].as_f64(),
                    Some(largest),
                    "{label} of {}",
                    comment["id"]
                );
            }
        }
    }
}

#[test]
fn role_and_stance_are_the_most_probable_and_scores_have_four_decimals() {
    let most = |scores: &Value, labels: &[&str]| {
        let of = |label: &&&str| scores[**label].as_f64().expect("a score");
        labels.iter().map(|label| of(&label)).fold(0.0, f64::max)
    };
    for analysis in analyses() {
        for unit in items(&analysis, "units") {
            let scores = &unit["scores"];
            let asserted = scores[text(unit, "role")].as_f64();
            assert_eq!(
                asserted,
                Some(most(
                    scores,
                    &["claim", "premise", "question", "quote", "none"]
                ))
            );
            for score in scores.as_object().expect("scores").values() {
                let scaled = score.as_f64().expect("a number") * 1e4;
                assert!((scaled - scaled.round()).abs() < 1e-6, "{score}");
            }
        }
        for (comment, of_thread) in items(&analysis, "comments")
            .iter()
            .zip(items(&analysis["thread"], "comments"))
        {
            let top = of_thread["parent"].is_null() && of_thread["parent_missing"] == false;
            assert_eq!(comment["stance"].is_null(), top, "{}", comment["id"]);
            if !top {
                let asserted = comment["scores"][text(comment, "stance")].as_f64();
                assert_eq!(
                    asserted,
                    Some(most(&comment["scores"], &["agree", "disagree", "neutral"]))
                );
            }
        }
    }
}

#[test]
fn relations_and_chains_name_what_is_there() {
    for analysis in analyses() {
        let ids = |key: &str| -> Vec<&Value> {
            items(&analysis, key)
                .iter()
                .map(|item| &item["id"])
                .collect()
        };
        let (units, comments) = (ids("units"), ids("comments"));
        for relation in items(&analysis, "relations") {
            assert!(units.contains(&&relation["from"]), "{relation}");
            let known = if relation["to_kind"] == "unit" {
                &units
            } else {
                &comments
            };
            assert!(known.contains(&&relation["to"]), "{relation}");
            assert!(!items(relation, "evidence").is_empty(), "{relation}");
        }
        for chain in items(&analysis, "chains") {
            assert!(
                items(chain, "units").iter().all(|id| units.contains(&id)),
                "{chain}"
            );
            assert!(
                items(chain, "comments")
                    .iter()
                    .all(|id| comments.contains(&id)),
                "{chain}"
            );
            assert!(items(chain, "comments").len() > 1, "{chain}");
        }
    }
}

#[test]
fn claims_and_premises_stand_somewhere_and_have_a_strength() {
    for analysis in analyses() {
        let mut arguments = 0;
        for unit in items(&analysis, "units") {
            assert_eq!(
                unit["standing"].is_null(),
                unit["strength"].is_null(),
                "{unit}"
            );
            if ["claim", "premise"].contains(&text(unit, "role").as_str()) {
                assert!(unit["standing"].is_string(), "{unit}");
            }
            arguments += usize::from(unit["standing"].is_string());
        }
        // Whatever accepted argument attacks it rejects.
        for relation in items(&analysis, "relations") {
            let named = |end: &str| {
                let mut units = items(&analysis, "units").iter();
                units.find(|unit| unit["id"] == relation[end])
            };
            let has_force = relation["kind"] == "attack" && relation["subtype"] != "ad_hominem";
            if let (true, Some(from), Some(to)) = (has_force, named("from"), named("to"))
                && from["standing"] == "accepted"
            {
                assert_eq!(to["standing"], "rejected", "{relation}");
            }
        }
        assert!(arguments > 0);
    }
}

#[test]
fn pingbacks_are_kept_in_the_thread_and_left_out_of_the_rest() {
    let analysis = &analyses()[1];
    assert_eq!(items(&analysis["thread"], "comments").len(), 4);
    let ids: Vec<String> = items(analysis, "comments")
        .iter()
        .map(|comment| text(comment, "id"))
        .collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert!(
        items(analysis, "units")
            .iter()
            .all(|unit| unit["comment"] != "p")
    );
    assert_eq!(analysis["metrics"]["comments"], 3);
}

#[test]
fn a_language_that_the_model_does_not_know_is_not_judged() {
    let german = "Das Passwort stand im Klartext auf dem Server, und niemand hat die Protokolle gelesen, obwohl die Warnung seit Wochen bekannt war.";
    let chinese = "密钥以明文形式存储在服务器上,几周以来没有人查看过日志,也没有人注意到警告。";
    let line = thread_line([
        ("de".to_owned(), None, german),
        ("zh".to_owned(), Some("de".to_owned()), chinese),
    ]);
    let analysis = Workplace::new()
        .run_on(&["analyze", "-f", "json", "-"], line)
        .ends(0, &[])
        .lines()
        .remove(0);
    Contract::new().check("analysis", &analysis);
    assert!(!items(&analysis, "units").is_empty());
    for unit in items(&analysis, "units") {
        assert_eq!(
            (&unit["role"], &unit["scores"]),
            (&json!("none"), &json!({}))
        );
    }
    let comments = items(&analysis, "comments");
    assert_eq!(
        (&comments[0]["stance"], &comments[1]["stance"]),
        (&Value::Null, &json!("neutral"))
    );
    for (comment, language) in comments.iter().zip(["de", "zh"]) {
        assert_eq!(
            (&comment["language"], &comment["scores"]),
            (&json!(language), &json!({}))
        );
    }
    let warnings = items(&analysis, "warnings").iter();
    let codes: Vec<_> = warnings
        .map(|warning| (text(warning, "code"), text(warning, "comment")))
        .collect();
    assert_eq!(
        codes,
        ["de", "zh"].map(|id| ("unsupported_language".to_owned(), id.to_owned()))
    );
}

#[test]
fn a_segmentation_that_comes_with_the_input_is_used_to_the_letter() {
    let mut thread: Value = serde_json::from_str(THREAD).expect("JSON");
    let given =
        json!([{"start": 0, "end": 11}, {"start": 11, "end": 50}, {"start": 50, "end": 66}]);
    thread["comments"][0]["units"] = given.clone();
    thread["comments"][1]["units"] = json!([]);
    let analysis = Workplace::new()
        .run_on(&["analyze", "-f", "json", "-"], thread.to_string())
        .ends(0, &[])
        .lines()
        .remove(0);
    let places: Vec<Value> = items(&analysis, "units")
        .iter()
        .map(|unit| json!({"start": unit["start"], "end": unit["end"]}))
        .collect();
    assert_eq!(Value::Array(places), given);
    assert_eq!(analysis["thread"]["comments"][0]["units"], given);
    assert_eq!(analysis["thread"]["comments"][1]["units"], json!([]));
}

/// A code that `docs/json.md` does not explain would leave its reader alone.
#[test]
fn every_warning_code_is_documented() {
    let read = |path: &str| {
        fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("a file")
    };
    let (source, manual) = (read("src/thread/warning.rs"), read("docs/json.md"));
    let codes: Vec<&str> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub const ")?.split('"').nth(1))
        .collect();
    assert!(codes.len() >= 11, "{codes:?}");
    for code in codes {
        assert!(manual.contains(&format!("`{code}`")), "{code}");
    }
}
