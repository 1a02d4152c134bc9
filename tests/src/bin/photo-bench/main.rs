//! `photo-bench`: the three copies of a photo as whole processes, ours beside `vipsthumbnail`, in one run. Ours reads the
//! file, hashes it, burns in a watermark, makes three copies and the perceptual hash, and writes them. The other side makes the
//! working copy of the original and the two smaller ones of that, which is the cheapest way for it, without a watermark.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command")]

mod measure;
mod scene;

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use serde::Serialize;
use xunge_photo::{DeriveRequest, ExifPolicy, Facts, Template, Watermark};

use crate::measure::{Cost, cost_of};

const OTHER: &str = "vipsthumbnail";

#[derive(Debug, Serialize)]
struct Report {
    /// What else the machine was doing, before the first run.
    load_average: f64,
    processors: usize,
    runs: u32,
    /// `null` where it is not installed (Debian: libvips-tools).
    other: Option<String>,
    pictures: Vec<Picture>,
}

#[derive(Debug, Serialize)]
struct Picture {
    name: String,
    megapixels: f64,
    megabytes: f64,
    ours: Cost,
    /// All three copies: three processes one after the other.
    other: Option<Cost>,
    /// Its working copy alone.
    other_working: Option<Cost>,
}

/// The three copies of a photo as whole processes, ours beside vipsthumbnail's, in one run.
#[derive(Debug, Parser)]
#[command(name = "photo-bench", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// The report as JSON.
    #[arg(long)]
    json: bool,
    /// How often each picture is made; the report holds medians.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Keeps the drawn pictures and all copies in this folder, to look at.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Photos; without any, 12 and 48 megapixels are drawn.
    files: Vec<PathBuf>,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What the processes of its own do.
#[derive(Debug, Subcommand)]
enum Part {
    /// Runs a program and prints what it took.
    #[command(hide = true)]
    Measure {
        program: OsString,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Makes the copies of a photo.
    #[command(hide = true)]
    Copies { file: PathBuf, folder: PathBuf },
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    match arguments.part {
        Some(Part::Measure { program, arguments }) => {
            let cost = measure::run(&program, &arguments)?;
            println!("{}", serde_json::to_string(&cost)?);
            return Ok(());
        }
        Some(Part::Copies { file, folder }) => return copies(&file, &folder),
        None => {}
    }
    let temporary = tempfile::tempdir()?;
    let folder = arguments.write.as_deref();
    let folder = folder.unwrap_or_else(|| temporary.path());
    std::fs::create_dir_all(folder)?;
    let files = if arguments.files.is_empty() {
        draw(folder)?
    } else {
        arguments.files
    };
    let report = bench(&files, folder, arguments.runs)?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        show(&report);
    }
    Ok(())
}

fn draw(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for (name, width, height) in [
        ("12-megapixels.jpg", 4000, 3000),
        ("48-megapixels.jpg", 8000, 6000),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, scene::jpeg(width, height)?)?;
        files.push(path);
    }
    Ok(files)
}

/// The work of a phone, in a process of its own.
fn copies(file: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let original = std::fs::read(file)?;
    let template = Template::default();
    let request = DeriveRequest {
        watermark: Some(Watermark {
            template: &template,
            facts: Facts {
                number: "K7QX-2M9D",
                grid: "普田社区第三网格",
                person: "王建国",
                time: "2025-06-30 09:41",
                position: Some((113.786_1, 34.755_2)),
            },
        }),
        exif: ExifPolicy::Time,
    };
    let made = xunge_photo::derive_as(&original, &request)?;
    for (name, copy) in [
        ("working", &made.working),
        ("thumb", &made.thumb),
        ("preview", &made.preview),
    ] {
        std::fs::write(folder.join(format!("{name}.jpg")), &copy.bytes)?;
    }
    Ok(())
}

fn bench(files: &[PathBuf], folder: &Path, runs: u32) -> Result<Report, Box<dyn Error>> {
    let version = std::process::Command::new(OTHER)
        .arg("--vips-version")
        .output();
    let other = version
        .ok()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load_average = load
        .split(' ')
        .next()
        .and_then(|load| load.parse().ok())
        .unwrap_or(0.0);
    if other.is_none() {
        eprintln!("{OTHER} is not installed (Debian: libvips-tools): ours alone");
    }
    let mut pictures = Vec::new();
    for file in files {
        let probe = xunge_photo::probe(&std::fs::read(file)?)?;
        let (mut ours, mut theirs, mut their_working) = (Vec::new(), Vec::new(), Vec::new());
        // In turn, so that both meet the same weather.
        for _ in 0..runs {
            ours.push(our_cost(file, folder)?);
            if other.is_some() {
                let (working, all) = other_cost(file, folder)?;
                their_working.push(working);
                theirs.push(all);
            }
        }
        pictures.push(Picture {
            name: file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            megapixels: f64::from(probe.width) * f64::from(probe.height) / 1e6,
            megabytes: std::fs::metadata(file)?.len() as f64 / 1e6,
            ours: median(&ours).ok_or("no run")?,
            other: median(&theirs),
            other_working: median(&their_working),
        });
    }
    Ok(Report {
        load_average,
        processors: std::thread::available_parallelism()?.get(),
        runs,
        other,
        pictures,
    })
}

fn our_cost(file: &Path, folder: &Path) -> Result<Cost, Box<dyn Error>> {
    let program = std::env::current_exe()?.into_os_string();
    cost_of(&program, &["copies".into(), file.into(), folder.into()])
}

/// Of the working copy, and of all three.
fn other_cost(file: &Path, folder: &Path) -> Result<(Cost, Cost), Box<dyn Error>> {
    let program = OsString::from(OTHER);
    let made = |name: &str| folder.join(format!("other-{name}.jpg"));
    let run = |from: &Path, size: &str, name: &str, quality: &str| {
        let mut target = made(name).into_os_string();
        target.push(format!("[Q={quality},strip]"));
        cost_of(
            &program,
            &[
                from.into(),
                "--size".into(),
                size.into(),
                "-o".into(),
                target,
            ],
        )
    };
    let working = run(file, "2048x2048", "working", "82")?;
    let thumb = run(&made("working"), "320x320", "thumb", "75")?;
    let preview = run(&made("working"), "800x800", "preview", "40")?;
    Ok((working, working.then(thumb).then(preview)))
}

/// Each figure's own median; `None` of no run.
fn median(costs: &[Cost]) -> Option<Cost> {
    let of = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    };
    Some(Cost {
        milliseconds: of(|cost| cost.milliseconds)?,
        cpu_milliseconds: of(|cost| cost.cpu_milliseconds)?,
        peak_mib: of(|cost| cost.peak_mib)?,
    })
}

fn show(report: &Report) {
    println!(
        "medians of {} runs, {} processors, load {}; {}",
        report.runs,
        report.processors,
        report.load_average,
        report.other.as_deref().unwrap_or("nothing to compare with")
    );
    for picture in &report.pictures {
        println!(
            "{}: {:.0} megapixels, {:.1} MB",
            picture.name, picture.megapixels, picture.megabytes
        );
        let line = |who: &str, cost: &Cost| {
            println!(
                "  {who:<28} {:>6.0} ms  {:>6.0} ms of CPU  {:>5.0} MiB",
                cost.milliseconds, cost.cpu_milliseconds, cost.peak_mib
            );
        };
        line("ours, watermark and hashes", &picture.ours);
        for (who, cost) in [
            ("vipsthumbnail, all three", picture.other),
            ("vipsthumbnail, working copy", picture.other_working),
        ] {
            if let Some(cost) = cost {
                line(who, &cost);
            }
        }
    }
}
