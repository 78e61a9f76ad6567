//! Running the command.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// How a run ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("standard output is JSON")
    }

    /// That it ended so.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }
}

/// The command with these words.
pub(crate) fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_harrier"));
    command.args(words).env("NO_COLOR", "1");
    command
}

/// Runs it with nothing on standard input.
pub(crate) fn run(words: &[&str]) -> Ran {
    fed(words, "")
}

/// Runs it with a text on standard input.
pub(crate) fn fed(words: &[&str], input: &str) -> Ran {
    let mut command = command(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    // Who does not read its input closes it early.
    let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("results are UTF-8"),
        err: String::from_utf8(output.stderr).expect("talk is UTF-8"),
    }
}

/// Writes a file below a folder, and the folders above it.
pub(crate) fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("it has one")).expect("folders can be made");
    std::fs::write(&path, text).expect("a file can be written");
    path.display().to_string()
}
