//! Runs the program, and makes what it reads.

use assert_cmd::Command;
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::{fs, io::Write, path::Path};
use tempfile::TempDir;

/// A small thread in our own form; its texts have letters of several bytes.
pub(crate) const THREAD: &str = r#"{"schema":"rejoinder/thread@1","id":"t/1","comments":[{"id":"a","text":"The Müller agent stores its key in plain text 🔑. Anybody can read it."},{"id":"b","parent":"a","text":"> The Müller agent stores its key in plain text 🔑.\n\nNo. It is encrypted by the TPM since version 4."}]}"#;

/// The example thread, as plain text of a web page.
pub(crate) const EXAMPLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/data/examples/leaked-signing-key.txt"
);

/// The program in a fresh folder of its own, without settings of the one who runs the tests.
pub(crate) struct Workplace {
    pub(crate) folder: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Workplace {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A folder that holds [`THREAD`] as `thread.jsonl`.
    pub(crate) fn with_thread() -> Self {
        let work = Self::new();
        work.write("thread.jsonl", THREAD);
        work
    }

    /// The analysis of the example.
    pub(crate) fn analysis_of_example(&self) -> serde_json::Value {
        let ran = self.run(&["analyze", "-f", "json", EXAMPLE]);
        ran.ends(0, &[]).lines().remove(0)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, content).expect("a file is written");
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rejoinder"));
        command.current_dir(&self.folder).args(arguments);
        for setting in [
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "COLUMNS",
            "RAYON_NUM_THREADS",
        ] {
            command.env_remove(setting);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    pub(crate) fn run_on(&self, arguments: &[&str], stdin: impl Into<Vec<u8>>) -> Ran {
        ran(self.command(arguments).write_stdin(stdin))
    }
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(!stderr.contains("panicked"), "{stderr}");
    Ran {
        code: output.status.code(),
        stdout: output.stdout,
        stderr,
    }
}

impl Ran {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("results are UTF-8")
    }

    /// The objects of JSON Lines.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let lines = self.text().lines();
        lines
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }

    /// The exit code is `code` and stderr holds all of `words`.
    #[track_caller]
    pub(crate) fn ends(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        for word in words {
            assert!(
                self.stderr.contains(word),
                "{word:?} is lacking:\n{}",
                self.stderr
            );
        }
        self
    }
}

pub(crate) fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content).expect("memory takes all");
    packer.finish().expect("memory takes all")
}

/// The names of the files in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// A thread of comments given as id, parent's id and text.
pub(crate) fn thread_line<'a>(
    comments: impl IntoIterator<Item = (String, Option<String>, &'a str)>,
) -> String {
    let object = |(id, parent, text)| serde_json::json!({"id": id, "parent": parent, "text": text});
    let comments: Vec<Value> = comments.into_iter().map(object).collect();
    serde_json::json!({"schema": "rejoinder/thread@1", "comments": comments}).to_string()
}
