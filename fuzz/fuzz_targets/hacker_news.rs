#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rejoinder_fuzz::read_as(
    &["hn-html", "hn-algolia", "hn-firebase", "hn-hackerweb"],
    data
));
