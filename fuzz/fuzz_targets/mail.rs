#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rejoinder_fuzz::read_as(
    &[
        "mbox",
        "message",
        "pipermail",
        "hyperkitty",
        "usenet-markdown"
    ],
    data
));
