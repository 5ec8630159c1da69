#![no_main]

use rejoinder::{source, thread::wire::ThreadLine};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let source = source::by_id("rejoinder").expect("the source exists");
    source.detect(data);
    for thread in source.threads(Box::new(data)).flatten() {
        assert_eq!(thread.tree.preorder().len(), thread.comments.len());
        let line = serde_json::to_string(&ThreadLine::from(&thread)).expect("JSON");
        let mut again = source.threads(Box::new(line.as_bytes()));
        let again = again.next().expect("a thread").expect("a good line");
        for (one, other) in thread.comments.iter().zip(&again.comments) {
            assert_eq!(one.body.text, other.body.text);
            assert_eq!(one.parent, other.parent);
            for block in &one.body.blocks {
                let _ = block.span.slice(&one.body.text);
            }
            for unit in one.given_units.iter().flatten() {
                let _ = unit.slice(&one.body.text);
            }
        }
    }
});
