//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Where results go.
pub(crate) enum Output {
    /// Standard output.
    Screen(BufWriter<Stdout>),
    /// A file under a passing name beside its own; renamed when it is whole.
    File {
        /// Where it is written.
        writer: BufWriter<File>,
        /// The passing name.
        passing: PathBuf,
        /// Its own name.
        path: PathBuf,
        /// Whether it has got its own name.
        is_whole: bool,
    },
}

impl Output {
    /// Standard output; a file where one is given.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::Screen(BufWriter::with_capacity(1 << 16, io::stdout())));
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name.filter(|_| !path.is_dir()) else {
            return Err(Failure::user(format!("`{}` is a folder; name a file", path.display())));
        };
        let passing = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&passing).map_err(|error| unwritable(path, &error))?;
        let writer = BufWriter::with_capacity(1 << 16, file);
        Ok(Self::File { writer, passing, path: path.to_owned(), is_whole: false })
    }

    /// Whether it is a terminal that shows colours.
    pub(crate) fn is_coloured(&self) -> bool {
        match self {
            Self::Screen(writer) => {
                let choice = anstream::AutoStream::choice(writer.get_ref());
                choice != anstream::ColorChoice::Never
            }
            Self::File { .. } => false,
        }
    }

    /// Makes what was written final.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Self::File { passing, path, is_whole, .. } = &mut self {
            fs::rename(&*passing, &*path).map_err(|error| unwritable(path, &error))?;
            *is_whole = true;
        }
        Ok(())
    }
}

/// What is not whole does not stay.
impl Drop for Output {
    fn drop(&mut self) {
        if let Self::File { passing, is_whole: false, .. } = self {
            let _ = fs::remove_file(passing);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Screen(writer) => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Screen(writer) => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("`{}` can not be written: {error}", path.display());
    match path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
        Some(parent) => Failure::user_with(
            message,
            format!("make the folder first: mkdir -p {}", parent.display()),
        ),
        None => Failure::user(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_written_files_do_not_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"half").unwrap();
        drop(output);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"whole").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
