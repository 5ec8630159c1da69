//! Tables: random threads in every dialect of CSV, and as JSON Lines with keys that the user names.

use super::{
    Board,
    forest::{ALL, Post, assert_shows, forests, read},
};
use proptest::prelude::*;
use rejoinder::source::{self, Columns, Options};
use serde_json::json;

pub(crate) const BOARD: Board = Board {
    source: "table",
    page: |posts| table(posts, ',', Quotes::Doubled, USUAL),
};

#[derive(Debug, Clone, Copy)]
enum Quotes {
    Doubled,
    Escaped,
    Single,
}

const USUAL: [&str; 6] = [
    "comment_id",
    "parent_id",
    "author",
    "created_utc",
    "score",
    "body",
];
const OWN: [&str; 6] = ["nr", "auf", "von", "zeit", "wert", "inhalt"];
const NAMED: &str = "id=nr,parent=auf,author=von,posted=zeit,score=wert,text=inhalt";

fn field(text: &str, quotes: Quotes) -> String {
    match quotes {
        Quotes::Doubled => format!("\"{}\"", text.replace('"', "\"\"")),
        Quotes::Escaped => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        Quotes::Single => format!("'{}'", text.replace('\'', "''")),
    }
}

fn row(posts: &[Post], post: &Post) -> [String; 6] {
    let parent = post.parent.map(|parent| posts[parent].id.to_string());
    [
        post.id.to_string(),
        parent.unwrap_or_default(),
        post.author.to_owned(),
        post.posted.to_string(),
        post.points.to_string(),
        post.text(),
    ]
}

fn table(posts: &[Post], delimiter: char, quotes: Quotes, names: [&str; 6]) -> Vec<u8> {
    let line = |fields: &[String]| {
        let fields: Vec<_> = fields.iter().map(|text| field(text, quotes)).collect();
        fields.join(&delimiter.to_string()) + "\r\n"
    };
    let mut out = line(&names.map(str::to_owned));
    for post in posts {
        out += &line(&row(posts, post));
    }
    out.into_bytes()
}

fn read_named(table: &[u8]) -> rejoinder::thread::Thread {
    let options = Options {
        columns: Some(Columns::parse(NAMED).expect("columns")),
        ..Options::default()
    };
    let source = source::by_id("table").expect("a source");
    let mut threads = source.threads_with(Box::new(table), &options);
    threads.next().expect("a thread").expect("a good thread")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn tables_come_back(
        posts in forests(30),
        delimiter in prop::sample::select(vec![',', '\t', ';', '|']),
        quotes in prop::sample::select(vec![Quotes::Doubled, Quotes::Escaped, Quotes::Single]),
    ) {
        assert_shows(&read_named(&table(&posts, delimiter, quotes, OWN)), &posts, ALL);
        if matches!(quotes, Quotes::Doubled) {
            assert_shows(&read(&table(&posts, delimiter, quotes, USUAL), "table"), &posts, ALL);
        }
    }

    #[test]
    fn json_lines_come_back(posts in forests(30)) {
        let lines = posts.iter().map(|post| {
            let [nr, auf, von, zeit, wert, inhalt] = row(&posts, post);
            let auf = Some(auf).filter(|auf| !auf.is_empty());
            format!("{}\n", json!({"nr": nr, "auf": auf, "von": von, "zeit": zeit, "wert": wert, "inhalt": inhalt}))
        });
        assert_shows(&read_named(lines.collect::<String>().as_bytes()), &posts, ALL);
    }
}
