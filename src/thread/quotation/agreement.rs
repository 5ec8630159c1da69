//! Measures quotations on the labelled threads.

use super::*;
use crate::{
    span::CodePoints,
    text::plain,
    thread::{Article, Author, Draft, ParentRef, ThreadBuilder},
};
use serde_json::Value;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The thread of a labelled row; comments without labels stand before the others.
fn labelled(row: &Value) -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    builder.article(Some(Article {
        text: string(&row["intro"]),
        ..Article::default()
    }));
    let lists = [&row["context"], &row["comments"]];
    for comment in lists.iter().filter_map(|list| list.as_array()).flatten() {
        let author = |name| Author {
            name,
            ..Author::default()
        };
        builder.push(Draft {
            id: string(&comment["id"]).unwrap(),
            parent: string(&comment["parent"]).map_or(ParentRef::Root, ParentRef::Id),
            author: string(&comment["author"]).map(author),
            body: plain::body(comment["text"].as_str().unwrap()),
            ..Draft::default()
        });
    }
    builder.build()
}

/// Places of the units that are labelled as quotations.
fn gold(comment: &Value) -> Vec<Span> {
    let points = CodePoints::new(comment["text"].as_str().unwrap());
    let byte = |unit: &Value, key: &str| {
        points
            .to_byte(unit[key].as_u64().unwrap() as usize)
            .unwrap()
    };
    let units = comment["units"].as_array().unwrap().iter();
    let quotes = units.filter(|unit| unit["role"] == "quote");
    quotes
        .map(|unit| Span::new(byte(unit, "start"), byte(unit, "end")))
        .collect()
}

/// Compares quote blocks with the units labelled as quotations, where the labelled threads are at hand.
#[test]
fn agrees_with_the_labelled_threads() {
    for set in ["secthreads", "forumthreads", "secblogs"] {
        let name = format!("../shared/datasets/{set}_train.jsonl.gz");
        let Ok(file) = File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)) else {
            println!("skipped: {name} is not here");
            return;
        };
        let (mut units, mut met, mut blocks, mut right, mut known) = (0, 0, 0, 0, 0);
        for line in BufReader::new(flate2::read::GzDecoder::new(file)).lines() {
            let row: Value = serde_json::from_str(&line.unwrap()).unwrap();
            let thread = labelled(&row);
            let before = row["context"].as_array().map_or(0, Vec::len);
            for (at, comment) in row["comments"].as_array().unwrap().iter().enumerate() {
                let idx = CommentIdx::new(before + at);
                let gold = gold(comment);
                let body = thread.comment(idx).body.blocks.iter();
                let ours = body
                    .filter(|block| block.kind == BlockKind::Quote)
                    .map(|block| block.span);
                let ours: Vec<Span> = ours.collect();
                let meets =
                    |span: &Span, others: &[Span]| others.iter().any(|o| o.overlap(*span) > 0);
                units += gold.len();
                met += gold.iter().filter(|span| meets(span, &ours)).count();
                blocks += ours.len();
                right += ours.iter().filter(|span| meets(span, &gold)).count();
                known += thread.quotations_in(idx).len();
            }
        }
        let (recall, precision) = (met as f64 / units as f64, right as f64 / blocks as f64);
        println!(
            "{set}: {units} quoted units, {recall:.3} in a block; {blocks} blocks, {precision:.3} right, {known} of known origin"
        );
        assert!(recall > 0.7 && precision > 0.8, "{set}");
    }
}
