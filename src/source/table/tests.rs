//! Tests of reading tables.

use super::*;
use crate::thread::Thread;

fn read(table: &str, columns: Option<&str>) -> Vec<Result<Thread>> {
    let options = Options {
        columns: columns.map(|columns| Columns::parse(columns).expect("columns")),
        ..Options::default()
    };
    SOURCE
        .threads_with(Box::new(table.as_bytes()), &options)
        .collect()
}

fn one(table: &str, columns: Option<&str>) -> Thread {
    read(table, columns).remove(0).expect("a thread")
}

const TABLE: &str = "\u{feff}comment_id,reply_to,body,author,created_utc,score,link_id,title
t1_a,t3_x,\"First, with \"\"marks\"\"
and a second line.\",ada,1536256980,3.0,t3_x,On keys
t1_b,t1_a,Second.,[deleted],2018-09-06 18:03:00,-2,t3_x,
t1_c,,[removed],bob,yesterday,,t3_y,On locks
";

#[test]
fn usual_columns_are_known_by_their_names() {
    assert!(SOURCE.detect(TABLE.as_bytes()));
    let threads: Vec<_> = read(TABLE, None).into_iter().map(Result::unwrap).collect();
    let told: Vec<_> = threads
        .iter()
        .map(|thread| (thread.id.as_str(), thread.title.as_deref()))
        .collect();
    assert_eq!(told, [("x", Some("On keys")), ("y", Some("On locks"))]);
    let [first, second] = &threads[0].comments[..] else {
        panic!("{threads:?}")
    };
    assert_eq!(first.body.text, "First, with \"marks\"\nand a second line.");
    assert_eq!((first.id.as_str(), first.depth, second.depth), ("a", 0, 1));
    assert_eq!(first.posted, second.posted);
    assert_eq!(first.score.as_ref().and_then(|score| score.points), Some(3));
    assert_eq!(second.author, None);
    let codes: Vec<_> = threads[1]
        .warnings
        .iter()
        .map(|warning| warning.code.as_ref())
        .collect();
    assert_eq!(codes, ["bad_value", "deleted_comments"]);
}

#[test]
fn columns_may_be_named() {
    let table = "nr\tvon\tauf\ttext\tinhalt\n1\tada\t\tx\tHallo.\n2\tbob\t1\tx\tJa \"doch.\n";
    assert!(!SOURCE.detect(table.as_bytes()));
    let thread = one(table, Some("id=nr,parent=auf,text=inhalt,author=von"));
    assert_eq!(thread.comments[1].body.text, "Ja \"doch.");
    assert_eq!(
        (thread.comments[1].depth, thread.id.as_str()),
        (1, "thread")
    );
    let error = read(table, None).remove(0).unwrap_err().to_string();
    assert!(
        error.ends_with("--columns; they are nr, von, auf, text, inhalt"),
        "{error}"
    );
}

#[test]
fn json_lines_have_names_and_paths_of_names() {
    let lines = "{\"n\":1,\"said\":\"One.\",\"by\":{\"name\":\"ada\"}}\n[]\n{\"n\":2}\n{\"n\":3,\"said\":\"Three.\",\"re\":1}\n";
    let mut read = read(lines, Some("id=n,parent=re,text=said,author=by.name"));
    let thread = read.pop().unwrap().unwrap();
    assert_eq!(
        thread.comments[0]
            .author
            .as_ref()
            .map(|author| author.name.as_str()),
        Some("ada")
    );
    assert_eq!(thread.comments[1].depth, 1);
    let errors: Vec<_> = read
        .into_iter()
        .map(|read| read.unwrap_err().to_string())
        .collect();
    assert!(errors[0].starts_with("line 2: no row"), "{errors:?}");
    assert!(
        errors[1].starts_with("line 3: the line has no text under \"said\""),
        "{errors:?}"
    );
}

#[test]
fn bad_rows_are_reported_with_their_line_and_skipped() {
    let table = "id,parent,text,author\n1,,\"One\nand more.\",ada\n2\n3,1,Three.\n4,1,a,b,c\n5,1,Five.,bob,,\n";
    let read = read(table, None);
    let errors: Vec<_> = read
        .iter()
        .filter_map(|read| read.as_ref().err())
        .map(ToString::to_string)
        .collect();
    assert_eq!(errors.len(), 2);
    assert!(
        errors[0].starts_with("line 4: the row has 1 fields and the header 4"),
        "{errors:?}"
    );
    assert!(
        errors[1].starts_with("line 6: the row has 5 fields"),
        "{errors:?}"
    );
    let thread = read.last().unwrap().as_ref().unwrap();
    let ids: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.id.as_str())
        .collect();
    assert_eq!(ids, ["1", "3", "5"]);
}

#[test]
fn no_parent_has_many_names_and_may_be_a_comment() {
    let table = "id,parent,text\n1,0,a\n2,None,b\n3,1,c\n4,nan,d\n";
    assert!(
        one(table, None)
            .comments
            .iter()
            .filter(|comment| comment.depth == 0)
            .count()
            == 3
    );
    let counted = "id,parent,text\n0,,a\n1,0,b\n";
    assert_eq!(one(counted, None).comments[1].depth, 1);
}

#[test]
fn a_quotation_mark_that_never_closes_is_bounded() {
    let whole = "id,text\n1,One.\n2,\"";
    let endless = whole.as_bytes().chain(io::repeat(b'x'));
    let mut threads = SOURCE.threads(Box::new(io::BufReader::new(endless)));
    let error = threads.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("longer than 64 MiB"), "{error}");
    assert_eq!(threads.next().unwrap().unwrap().comments.len(), 1);
}

#[test]
fn what_is_no_table_is_not_taken() {
    for text in [
        "",
        "id,author\n",
        "The id, a comment",
        "<html>id,text\n",
        "{\"id\":1,\"text\":2}",
        "[id,text]\n",
    ] {
        assert!(!SOURCE.detect(text.as_bytes()), "{text}");
    }
    assert!(SOURCE.detect(b"\"id\";\"text\"\r\n"));
}

#[test]
fn tables_behind_one_another_have_one_header() {
    let thread = one("id,text\n1,One.\nid,text\n2,Two.\n", None);
    let ids: Vec<_> = thread.comments.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
}

#[test]
fn tables_in_windows_1252_are_read_with_a_warning() {
    let mut threads = SOURCE.threads(Box::new(&b"id,text\n1,it\x92s Gr\xf6\xdfe\n"[..]));
    let thread = threads.next().unwrap().unwrap();
    assert_eq!(thread.comments[0].body.text, "it\u{2019}s Größe");
    assert_eq!(thread.warnings[0].code, "invalid_utf8");
}
