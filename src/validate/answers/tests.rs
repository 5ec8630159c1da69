//! Filled-in samples as they are and as they should not be.

use super::*;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

const WHOLE: &str = "row,label,asserted,stratum,population,drawn,corpus,model,human\n\
    r1,technical,yes,a,10,2,40,m,yes\n\
    r2,technical,yes,a,10,2,40,m,\n\
    r3,technical,no,b,30,1,40,m,N\n";

fn file(folder: &TempDir, name: &str, content: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path
}

fn said(answers: &Answers, judge: usize) -> BTreeMap<&str, bool> {
    let said = answers.judges[judge].said.iter();
    said.map(|(row, holds)| (row.as_str(), *holds)).collect()
}

#[test]
fn a_file_is_read_as_spreadsheets_of_any_country_save_it() {
    let folder = tempfile::tempdir().unwrap();
    let plain = file(&folder, "a.csv", WHOLE);
    let german = "\u{feff}".to_owned() + &WHOLE.replace(',', ";").replace('\n', "\r\n") + ";;;\r\n";
    let german = file(&folder, "b.csv", &german.replace("yes;", "TRUE;"));
    for path in [plain, german] {
        let answers = read(&[path], None).unwrap();
        assert_eq!(
            said(&answers, 0),
            BTreeMap::from([("r1", true), ("r3", false)])
        );
        let technical = label_names().position(|name| name == "technical").unwrap();
        let stratum = &answers.strata[&(technical, "a".to_owned())];
        assert_eq!(
            (stratum.asserted, stratum.population, stratum.drawn),
            (true, 10, 2)
        );
    }
}

#[test]
fn a_key_is_joined_by_rows_and_people_may_share_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let key = file(&folder, "key.csv", WHOLE);
    let first = file(&folder, "1.csv", "human,row,note\n1,r3,\"a\nb\"\n0,r1,\n");
    let second = file(&folder, "2.csv", "row,human\nr2,true\n");
    let answers = read(&[first, second], Some(&key)).unwrap();
    assert_eq!(
        said(&answers, 0),
        BTreeMap::from([("r1", false), ("r3", true)])
    );
    assert_eq!(said(&answers, 1), BTreeMap::from([("r2", true)]));
}

#[test]
fn errors_name_file_line_column_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let fails = |content: &str, words: &[&str]| {
        let error = read(&[file(&folder, "a.csv", content)], None)
            .unwrap_err()
            .to_string();
        for word in words {
            assert!(error.contains(word), "{word:?} is lacking: {error}");
        }
    };
    fails(
        &WHOLE.replace(",N", ",maybe"),
        &["a.csv: line 4, column 9: `human` is `maybe`; write yes or no"],
    );
    fails(
        &WHOLE.replace(",N", ",maybe").replace('\n', "\r\n"),
        &["a.csv: line 4, column 9"],
    );
    fails(
        &WHOLE.replace("r3", "r1"),
        &["line 4, column 1", "another label or stratum"],
    );
    fails(
        &WHOLE.replace("r2", "r1"),
        &["line 3, column 1", "line 2 has the same row"],
    );
    fails(
        &WHOLE.replace("a,10,2,40,m,\n", "a,11,2,40,m,\n"),
        &["line 3, column 4", "differ"],
    );
    fails(
        &WHOLE.replace("30,1,40,m", "30,1,40,other"),
        &["line 4, column 8", "model `m`"],
    );
    fails(
        &WHOLE.replace("r3,technical,no", "r3,clever,no"),
        &["column 2", "list labels"],
    );
    fails(
        &WHOLE.replace("b,30", "b,many"),
        &["column 5", "a whole number"],
    );
    fails(
        "row,human\nr1,yes\n",
        &["line 1: there is no column `label`", "--key"],
    );
    fails("\u{feff}\n", &["the file holds no rows"]);
    let (asserted, _) = WHOLE.split_at(WHOLE.find("r3").unwrap());
    fails(
        asserted,
        &["a.csv: the strata of `technical` hold 10 units or replies, and the corpus 40"],
    );
    let unknown = file(&folder, "b.csv", "row,human\nr9,yes\n");
    let error = read(&[unknown], Some(&file(&folder, "key.csv", WHOLE)))
        .unwrap_err()
        .to_string();
    assert!(error.contains("b.csv: line 2, column 1: `row` is `r9`: the sample has no such row"));
}
