#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = xunge_tests::hostile::Target::Columns.run(bytes);
});
