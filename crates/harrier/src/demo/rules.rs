//! The bundled rules, in the repository format of Microsoft Sentinel.

/// Texts by their names below a folder of `content/`.
macro_rules! bundled {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../content/", $folder, "/", $name, ".yaml")))),*]
    };
}

/// Rules that find what is planted: name below the folder of rules, and text.
pub static RULES: &[(&str, &str)] = bundled!["rules":
    "endpoint/beacon",
    "endpoint/credential-dumping",
    "endpoint/encoded-powershell",
    "endpoint/new-program-talks-outside",
    "endpoint/office-starts-shell-that-downloads",
    "identity/administration-through-an-anonymous-proxy",
    "identity/application-permission-that-rules-all",
    "identity/conditional-access-switched-off",
    "identity/consent-to-dangerous-permissions",
    "identity/global-administrator-granted",
    "identity/guessed-password",
    "identity/guest-invited-and-promoted",
    "identity/impossible-travel",
    "identity/legacy-authentication",
    "identity/mfa-fatigue",
    "identity/password-spray",
    "identity/service-principal-credential-then-foreign-sign-in",
    "network/hour-far-above-the-series",
    "network/indicator-contacted",
    "network/port-scan",
    "network/vpn-from-unusual-country",
    "office/inbox-rule-that-hides-mail",
    "office/mailbox-forwarded-outside",
    "office/mass-download",
    "office/sharing-above-own-habit",
    "windows/account-for-a-day",
    "windows/event-log-cleared",
    "windows/guessed-remote-desktop-password",
    "windows/kerberoasting",
    "windows/logons-to-many-computers",
    "windows/service-from-user-folder",
];

/// Rules that show what Harrier says of one that can not run, and of one whose data is missing.
pub static LESSONS: &[(&str, &str)] =
    bundled!["rules": "lessons/column-of-another-table", "lessons/no-data-here"];

/// Functions that the rules call.
pub static FUNCTIONS: &[(&str, &str)] = bundled!["rules": "functions/LarkspurVpnSessions"];

/// One rule in three states: as first written, with every sign-in kept, and as the log spells the operation.
pub static STORY: &[(&str, &str)] =
    bundled!["story": "1-as-written", "2-every-sign-in", "3-as-the-log-spells-it"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_file_is_bundled() {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let is_rule =
            |entry: &fs::DirEntry| !entry.file_name().to_string_lossy().contains(".test.");
        let files = |folder: &str| {
            let entries = fs::read_dir(content.join(folder)).unwrap();
            entries.filter(|entry| is_rule(entry.as_ref().unwrap())).count()
        };
        let families = ["endpoint", "identity", "network", "office", "windows"];
        let rules: usize = families.iter().map(|family| files(&format!("rules/{family}"))).sum();
        assert_eq!(rules, RULES.len());
        assert_eq!(files("rules/lessons"), LESSONS.len());
        assert_eq!(files("rules/functions"), FUNCTIONS.len());
        assert_eq!(files("story"), STORY.len());
    }
}
