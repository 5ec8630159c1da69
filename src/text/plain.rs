//! stub
use super::*;
use crate::span::Span;
/// stub
pub fn body(text: &str) -> Body {
    let s = Span::new(0, text.len()).trimmed(text);
    Body {
        text: text.to_owned(),
        blocks: if s.is_empty() {
            vec![]
        } else {
            vec![Block {
                kind: BlockKind::Paragraph,
                span: s,
            }]
        },
        links: vec![],
    }
}
