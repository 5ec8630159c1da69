//! Whether a merged thread is still called a part of one.

use super::*;

#[test]
fn a_part_that_others_complete_is_none() {
    let page = |ids: &[&str], message: Option<&str>, url: &str| {
        let mut builder = ThreadBuilder::new("board", "t");
        builder.url(Some(url.to_owned()));
        for id in ids {
            builder.push(live(id, None));
        }
        if let Some(message) = message {
            builder.warn(codes::PARTIAL_CAPTURE, message, None);
        }
        builder.build()
    };
    let address = "https://board.example/t";
    let first = |message| page(&["a"], Some(message), address);
    let second = || {
        page(
            &["b"],
            Some("the thread has other pages: /t"),
            "https://board.example/t?page=2",
        )
    };
    let whole = page(&["a", "b"], None, "https://board.example/t?all");
    assert!(merged([first("page 1 of 2"), whole]).warnings.is_empty());
    assert!(
        merged([first("the thread has other pages: ?page=2"), second()])
            .warnings
            .is_empty()
    );
    let thread = merged([
        first("the thread has other pages: ?page=2, ?page=3"),
        second(),
    ]);
    assert_eq!(codes_of(&thread), ["partial_capture"]);
    assert_eq!(thread.url.as_deref(), Some(address));
    let counted = |count| {
        let count = format!("the story has {count} comments, of which 1 are here");
        let last = page(&["b"], Some(&count), address);
        merged([first("the thread goes on"), last]).warnings.len()
    };
    assert_eq!((counted(2), counted(3)), (0, 2));
    let about = page(&[], Some("the board counts 2 comments"), address);
    assert_eq!(
        merged([about, page(&["a"], None, address)]).warnings.len(),
        1
    );
    let linked = |link: &str| {
        let other = format!("the thread has other pages: {link}");
        let first = page(&["a"], Some(&other), address);
        let second = page(&["b"], None, "https://board.example/view.php?t=7&start=10");
        let third = page(
            &["c"],
            Some("page 3"),
            "https://board.example/view.php?t=7&start=20",
        );
        merged([first, second, third]).warnings.len()
    };
    for link in [
        "view.php?t=7&start=10",
        "./view.php?f=1&t=7&start=10&sid=a1#p5",
    ] {
        assert_eq!(linked(link), 1, "{link}");
    }
    assert_eq!(linked("./view.php?f=1&t=7&start=30"), 2);
    assert_eq!(linked("./view.php?f=1&t=7"), 2);
}
