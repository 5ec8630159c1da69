//! What `analyze` says of entities and of stances to actors.

use crate::support::Workplace;
use serde_json::{Value, json};

const THREAD: &str = r#"{"schema":"rejoinder/thread@1","id":"t","comments":[{"id":"1","author":{"name":"Ada"},"text":"Ä🔑: kudos to Cloudflare. It saw hxxp://evil[.]example/a first."},{"id":"2","parent":"1","author":{"name":"Bob"},"text":"Cloudflare fixed CVE-2021-44228, too."}]}"#;

#[test]
fn entities_and_stances_name_places_in_code_points() {
    let work = Workplace::new();
    work.write("t.jsonl", THREAD);
    let arguments = ["analyze", "-q", "--model", "fast", "-f", "json", "t.jsonl"];
    let analysis: Value = work.run(&arguments).ends(0, &[]).lines().remove(0);
    let entities = analysis["entities"].as_array().expect("entities");
    let kinds: Vec<_> = entities
        .iter()
        .map(|entity| {
            (
                entity["kind"].as_str().unwrap(),
                entity["id"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("vendor", "vendor:cloudflare"),
            ("url", "http://evil.example/a"),
            ("domain", "evil.example"),
            ("vendor", "vendor:cloudflare"),
            ("cve", "CVE-2021-44228"),
        ]
    );
    let slice = |comment: usize, place: &Value| -> String {
        let text = analysis["thread"]["comments"][comment]["text"]
            .as_str()
            .unwrap();
        let at = |key: &str| place[key].as_u64().unwrap() as usize;
        text.chars()
            .skip(at("start"))
            .take(at("end") - at("start"))
            .collect()
    };
    let units = analysis["units"].as_array().expect("units");
    for entity in entities {
        let comment = usize::from(entity["comment"] == "2");
        assert_eq!(json!(slice(comment, entity)), entity["text"]);
        assert!(
            units.iter().any(|unit| unit["id"] == entity["unit"]),
            "{entity}"
        );
        assert_eq!(
            (&entity["quoted"], &entity["block"]),
            (&json!(false), &json!("paragraph"))
        );
    }
    let stances = analysis["actor_stances"].as_array().expect("stances");
    assert_eq!(stances.len(), 1);
    assert_eq!(stances[0]["author"], "Ada");
    assert_eq!(stances[0]["entity"], "vendor:cloudflare");
    assert_eq!(stances[0]["stance"], "praise");
    assert_eq!(stances[0]["unit"], entities[0]["unit"]);
    assert_eq!(slice(0, &stances[0]["cue"]), "kudos to");
    assert!(
        analysis["lexicons"]
            .as_array()
            .is_some_and(|all| all.len() == 8)
    );
}

#[test]
fn the_report_says_what_is_talked_about() {
    let work = Workplace::new();
    work.write("t.jsonl", THREAD);
    let ran = work
        .run(&["analyze", "-q", "--model", "fast", "t.jsonl"])
        .ends(0, &[]);
    let line = "  Cloudflare · vendor · 2 comments by 2 authors";
    assert!(
        ran.text().lines().any(|found| found == line),
        "{}",
        ran.text()
    );
}
