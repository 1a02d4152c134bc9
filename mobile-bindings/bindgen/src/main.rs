//! Writes the foreign side of the bindings from a built library: `xunge-bindgen LIBRARY LANGUAGE OUT`.
//! Feed it the dev library or the static one: a stripped library has lost what is read here.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

mod c_header;

/// The C header that Swift reads.
const HEADER: &str = "xunge_mobileFFI.h";

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
    if let Err(cause) = written {
        eprintln!("the bindings could not be written from {library}: {cause:#}");
        return ExitCode::FAILURE;
    }
    let header = Path::new(folder).join(HEADER);
    if header.exists()
        && let Err(cause) = mend(&header)
    {
        eprintln!("{} could not be mended: {cause}", header.display());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn mend(header: &Path) -> std::io::Result<()> {
    let text = fs::read_to_string(header)?;
    fs::write(header, c_header::with_c_names(&text))
}
