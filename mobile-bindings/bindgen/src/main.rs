//! Writes the foreign side of the bindings from a built library: `xunge-bindgen LIBRARY LANGUAGE OUT`.
//! Feed it the dev library or the static one: a stripped library has lost what is read here.

use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, language, folder] = arguments.as_slice() else {
        eprintln!("usage: xunge-bindgen LIBRARY python|kotlin|swift OUT-FOLDER");
        return ExitCode::from(2);
    };
    let language = match language.as_str() {
        "python" => TargetLanguage::Python,
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        other => {
            eprintln!("{other} is not generated here; give python, kotlin or swift");
            return ExitCode::from(2);
        }
    };
    let written = generate(GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: folder.into(),
        crate_filter: Some("xunge_mobile".into()),
        ..GenerateOptions::default()
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("the bindings could not be written from {library}: {cause:#}");
            ExitCode::FAILURE
        }
    }
}
