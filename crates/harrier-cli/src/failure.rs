//! How a command ends.

use std::io;
use std::process::ExitCode;

use crate::screen;

/// How a command ends that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing is wrong.
    Clean,
    /// Something was found that the user asked to be told of: hits, faults in rules.
    Found,
    /// The user's text is wrong, and that has been said.
    Refused,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Found => Self::from(1),
            Exit::Refused => Self::from(2),
        }
    }
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The user can mend it: exit code 2.
    User {
        /// What is wrong: lower case, no full stop.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// Harrier failed, or the machine did: exit code 3.
    Own(String),
    /// The user stopped it: exit code 130, as shells have it.
    Interrupted,
    /// Who reads our output has gone: nobody is left to be told.
    NobodyListens,
}

impl Failure {
    /// A mistake of the user's.
    pub(crate) fn user(message: impl Into<String>) -> Self {
        Self::User { message: message.into(), help: None }
    }

    /// A mistake of the user's, and what to do about it.
    pub(crate) fn user_with(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::User { message: message.into(), help: Some(help.into()) }
    }

    /// Tells the user.
    pub(crate) fn tell(&self) -> ExitCode {
        match self {
            Self::User { message, help } => {
                screen::error(message);
                if let Some(help) = help {
                    screen::help(help);
                }
                ExitCode::from(2)
            }
            Self::Own(message) => {
                screen::error(message);
                ExitCode::from(3)
            }
            Self::Interrupted => {
                screen::error("stopped");
                ExitCode::from(130)
            }
            Self::NobodyListens => ExitCode::SUCCESS,
        }
    }
}

/// Writing results failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::NobodyListens;
        }
        Self::Own(format!("the results can not be written: {error}"))
    }
}
