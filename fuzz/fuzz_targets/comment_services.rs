#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rejoinder_fuzz::read_as(
    &["disqus-json", "disqus-xml", "isso", "remark42", "commento"],
    data
));
