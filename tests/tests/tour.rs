//! The README's tour is run as it stands there: its commands by a shell, its hub as a process, and behind each `# =>` what the
//! command before it has to say.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use xunge_tests::world::{ServerProcess, binary, photo};

const README: &str = include_str!("../../README.md");
/// The address in the README.
const TOLD_ADDRESS: &str = "127.0.0.1:8470";
/// What a line expects of its command stands behind this.
const EXPECTS: &str = "# => ";
const END_OF_BLOCK: &str = "the block is done";

/// The blocks of shell between the marks of the tour, in order.
fn blocks() -> Vec<String> {
    let (_, tour) = README.split_once("<!-- tour -->").unwrap();
    let (tour, _) = tour.split_once("<!-- end of the tour -->").unwrap();
    let fenced = tour.split("```");
    let shell = fenced.skip(1).step_by(2);
    shell
        .map(|block| block.strip_prefix("sh\n").unwrap().to_owned())
        .collect()
}

/// Folder and instant of a block that starts the hub.
fn hub_of(block: &str) -> Option<(&str, &str)> {
    let line = block.strip_prefix("xunge demo --data ")?;
    let (folder, _) = line.split_once(' ').unwrap();
    let (_, instant) = line.split_once("--now \"").unwrap();
    Some((folder, instant.split_once('"').unwrap().0))
}

/// A line as the shell runs it: where something is expected, its output is searched for that.
fn checked(line: &str) -> String {
    let Some((command, expected)) = line.split_once(EXPECTS) else {
        return line.to_owned();
    };
    let (command, expected) = (command.trim_end(), expected.trim().replace('\'', "'\\''"));
    format!(
        "SAID=$({command}) && case \"$SAID\" in *'{expected}'*) ;; \
         *) echo \"expected '{expected}' of:\" >&2; echo '{}' >&2; echo \"$SAID\" >&2; exit 1;; esac",
        command.replace('\'', "'\\''")
    )
}

/// One shell for the whole tour, so that what it keeps in variables stays.
struct Shell {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Shell {
    fn start(folder: &Path) -> Self {
        let programs = binary("xunge").parent().unwrap().to_owned();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut child = Command::new("bash")
            .args(["-e", "-o", "pipefail"])
            .current_dir(folder)
            .env("PATH", format!("{}:{path}", programs.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn run(&mut self, block: &str, address: SocketAddr) {
        // A line that goes on is one command.
        let block = block.replace("\\\n", " ");
        for line in block.lines() {
            let line = checked(line).replace(TOLD_ADDRESS, &address.to_string());
            writeln!(self.input, "{line}").unwrap();
        }
        writeln!(self.input, "echo '{END_OF_BLOCK}'").unwrap();
        let mut said = String::new();
        while !said.ends_with(&format!("{END_OF_BLOCK}\n")) {
            let read = self.output.read_line(&mut said).unwrap();
            assert!(
                read > 0,
                "the tour stops in:\n{block}\nhaving said:\n{said}"
            );
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // It ends when its input does; killed, where a test has failed meanwhile.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_tour_of_the_readme_holds_to_the_minute() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (name, look) in [
        ("before", 3),
        ("after", 4),
        ("checked", 5),
        ("survey", 6),
        ("survey-2", 7),
    ] {
        photo::draw(folder, name, look, 1600, 1200);
    }
    let blocks = blocks();
    assert!(
        hub_of(blocks.first().unwrap()).is_some(),
        "the tour begins with a hub"
    );
    let expected = blocks.iter().map(|block| block.matches(EXPECTS).count());
    assert!(expected.sum::<usize>() >= 10, "the tour says what it shows");
    let mut shell = Shell::start(folder);
    let mut hub: Option<ServerProcess> = None;
    for block in &blocks {
        match hub_of(block) {
            Some((data, instant)) => {
                let address = hub.take().map(|hub| hub.address);
                hub = Some(ServerProcess::demo_on(&folder.join(data), instant, address));
            }
            None => shell.run(block, hub.as_ref().unwrap().address),
        }
    }
}
