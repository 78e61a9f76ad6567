//! ATT&CK: matrices, tactics and techniques, as they are today and as Sentinel still names them.
//!
//! Rules name techniques of the versions up to 18, in which Defense Evasion was one tactic; the matrix of today (19) has
//! Stealth and Defense Impairment in its place. Both views are here: [`Technique::tactics`] takes the [`Version`].

mod tables;

use std::fmt;

pub use tables::{
    component, log_source_tables, sentinel_tactic, sentinel_tactics, tactic, tactics, technique,
    techniques, versions,
};

/// One of ATT&CK's three matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Matrix {
    /// Computers, clouds, networks of organisations.
    Enterprise,
    /// Industrial control systems.
    Ics,
    /// Phones. Sentinel's rules can not name these.
    Mobile,
}

/// A version of the Enterprise matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// 18, as Sentinel names tactics and techniques.
    V18,
    /// 19, the matrix of today.
    V19,
}

/// What became of a technique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// It is part of the matrix.
    Active,
    /// Another technique took its place.
    Revoked,
    /// It was given up.
    Deprecated,
}

/// A tactic: why an adversary does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tactic {
    /// Its matrix.
    pub matrix: Matrix,
    /// Its id, such as `TA0005`.
    pub id: &'static str,
    /// Its name today, such as `Stealth`.
    pub name: &'static str,
    /// Its name as a Navigator layer writes it, such as `stealth`.
    pub short_name: &'static str,
    /// The version that brought it, where it was not there in 18.
    pub since: Option<&'static str>,
    /// Its name up to 18, where that was another, such as `Defense Evasion`.
    pub former_name: Option<&'static str>,
    /// Its short name up to 18, where that was another.
    pub former_short_name: Option<&'static str>,
}

/// A technique or a sub-technique: what an adversary does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technique {
    /// Its matrix.
    pub matrix: Matrix,
    /// Its id, such as `T1098.001`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What became of it, today.
    pub status: Status,
    /// The version that brought it, or that revoked it, where that was after 18.
    pub since: Option<&'static str>,
    /// The active technique that took its place, through all steps.
    pub successor: Option<&'static str>,
    /// The technique that took its place in 18, where that was another.
    pub successor_v18: Option<&'static str>,
    /// Platforms on which it is seen.
    pub platforms: Vec<&'static str>,
    /// MITRE's names of logs that show it, such as `azure:audit`.
    pub log_sources: Vec<&'static str>,
    /// Ids of data components that show it, such as `DC0010`.
    pub data_components: Vec<&'static str>,
    tactics_v19: Vec<&'static str>,
    tactics_v18: Vec<&'static str>,
}

/// What a rule's tactic means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TacticName {
    /// A tactic as Sentinel writes it: `PrivilegeEscalation`.
    Known(&'static SentinelTactic),
    /// A tactic that is written otherwise: `Privilege Escalation`.
    Misspelt(&'static SentinelTactic),
    /// A word that is no tactic, used as a label: `Ransomware`.
    Label,
    /// Nothing that is known.
    Unknown,
}

/// A tactic as Sentinel names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentinelTactic {
    /// Its name, such as `DefenseEvasion`.
    pub name: &'static str,
    /// The ids it stands for: one, but for `DefenseEvasion` and the old `PreAttack`.
    pub ids: Vec<&'static str>,
}

impl Matrix {
    /// The name by which MITRE's files call it: `enterprise`, `ics`, `mobile`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Ics => "ics",
            Self::Mobile => "mobile",
        }
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

impl Status {
    /// `active`, `revoked`, `deprecated`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Deprecated => "deprecated",
        }
    }
}

impl Tactic {
    /// Its name in a version.
    #[must_use]
    pub fn name_in(&self, version: Version) -> &'static str {
        match version {
            Version::V18 => self.former_name.unwrap_or(self.name),
            Version::V19 => self.name,
        }
    }

    /// Its short name in a version.
    #[must_use]
    pub fn short_name_in(&self, version: Version) -> &'static str {
        match version {
            Version::V18 => self.former_short_name.unwrap_or(self.short_name),
            Version::V19 => self.short_name,
        }
    }

    /// Whether a version has it.
    #[must_use]
    pub const fn is_in(&self, version: Version) -> bool {
        matches!(version, Version::V19) || self.since.is_none()
    }
}

impl Technique {
    /// Ids of the tactics it serves in a version; none in a version that does not have it as an active technique.
    #[must_use]
    pub fn tactics(&self, version: Version) -> &[&'static str] {
        match version {
            Version::V18 => &self.tactics_v18,
            Version::V19 => &self.tactics_v19,
        }
    }

    /// What it is in a version; none where the version does not know it.
    #[must_use]
    pub const fn status_in(&self, version: Version) -> Option<Status> {
        match (version, self.since, self.status) {
            (Version::V19, ..) | (Version::V18, None, _) => Some(self.status),
            (Version::V18, Some(_), Status::Active) => None,
            (Version::V18, Some(_), _) => Some(Status::Active),
        }
    }

    /// What it is today: itself, or the active technique that took its place. A deprecated one has none.
    #[must_use]
    pub fn today(&'static self) -> Option<&'static Self> {
        match self.status {
            Status::Active => Some(self),
            Status::Revoked | Status::Deprecated => self.successor.and_then(technique),
        }
    }

    /// The technique that it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<&'static Self> {
        self.id.split_once('.').and_then(|(parent, _)| technique(parent))
    }

    /// Its page at MITRE.
    #[must_use]
    pub fn link(&self) -> String {
        format!("https://attack.mitre.org/techniques/{}/", self.id.replace('.', "/"))
    }
}

impl TacticName {
    /// The tactic that is meant, where one is.
    #[must_use]
    pub const fn tactic(self) -> Option<&'static SentinelTactic> {
        match self {
            Self::Known(tactic) | Self::Misspelt(tactic) => Some(tactic),
            Self::Label | Self::Unknown => None,
        }
    }
}

impl SentinelTactic {
    /// The tactics it stands for.
    pub fn tactics(&self) -> impl Iterator<Item = &'static Tactic> {
        self.ids.iter().filter_map(|id| tactic(id))
    }
}
