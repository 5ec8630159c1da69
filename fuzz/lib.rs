//! What every fuzz target asserts of a source.

use rejoinder::source;

/// Reads `data` with each of these sources.
pub fn read_as(ids: &[&str], data: &[u8]) {
    for id in ids {
        read(id, data);
    }
}

/// Reads `data` with the source `id` and checks that what it reads is sound.
pub fn read(id: &str, data: &[u8]) {
    let source = source::by_id(id).expect("the source exists");
    source.detect(data);
    for thread in source.threads(Box::new(data)).flatten() {
        assert_eq!(thread.tree.preorder().len(), thread.comments.len());
        for comment in &thread.comments {
            let text = &comment.body.text;
            let mut end = 0;
            for block in &comment.body.blocks {
                assert!(text[end..block.span.start()].trim().is_empty());
                assert_eq!(block.span.trimmed(text), block.span);
                end = block.span.end();
            }
            assert_eq!(end, text.len());
            for link in &comment.body.links {
                assert!(!link.span.slice(text).is_empty());
            }
        }
    }
}
