//! The example thread as `parse` writes it: what is read must not change unnoticed.

use rejoinder::{source, thread::wire::ThreadLine};
use std::path::Path;

#[test]
fn the_example_is_read_as_it_was() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples/leaked-signing-key.txt");
    let page = std::fs::read(path).expect("the example");
    let source = source::detect(&page).expect("a source knows it");
    let mut threads = source.threads(Box::new(page.as_slice()));
    let thread = threads.next().expect("a thread").expect("a good page");
    let json = serde_json::to_string_pretty(&ThreadLine::from(&thread)).expect("JSON");
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("leaked-signing-key.json", json);
    });
}
