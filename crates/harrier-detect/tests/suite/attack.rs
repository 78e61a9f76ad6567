//! The first rule's meaning, computed without any KQL: a credential added in one country, a sign-in from another.

use std::collections::BTreeMap;

/// A credential that was added.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    pub(crate) app: String,
    pub(crate) time: i64,
    pub(crate) country: String,
    pub(crate) application: String,
    pub(crate) action: String,
}

/// A sign-in of a service principal.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    pub(crate) principal: String,
    pub(crate) time: i64,
    pub(crate) country: String,
}

/// A row that the rule finds: principal, sign-in, country, addition, country.
pub(crate) type Row = (String, i64, String, i64, String);

/// How the rule is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    /// As published.
    Published,
    /// With `kind=inner`.
    Inner,
    /// With `kind=inner` and the en dash of the audit log.
    InnerWithDash,
}

const DAY: i64 = 864_000_000_000;

/// The rows that the rule means, sorted; alike ones as often as they come.
pub(crate) fn expected(added: &[Added], sign_ins: &[SignIn], variant: Variant) -> Vec<Row> {
    let dash = if variant == Variant::InnerWithDash { '\u{2013}' } else { '-' };
    let update = format!("Update application {dash} Certificates and secrets management ");
    let mut by_app: BTreeMap<&str, Vec<&Added>> = BTreeMap::new();
    for one in added {
        let is_wanted = one.application == "Office 365"
            && (one.action == "Add service principal credentials." || one.action == update);
        if is_wanted {
            by_app.entry(&one.app).or_default().push(one);
        }
    }
    let mut first: BTreeMap<&str, &SignIn> = BTreeMap::new();
    for sign_in in sign_ins {
        let known = first.entry(&sign_in.principal).or_insert(sign_in);
        if sign_in.time < known.time {
            *known = sign_in;
        }
    }
    let left: Vec<&SignIn> = match variant {
        Variant::Published => first.into_values().collect(),
        Variant::Inner | Variant::InnerWithDash => sign_ins.iter().collect(),
    };
    let mut rows = Vec::new();
    for sign_in in left {
        for one in by_app.get(&*sign_in.principal).into_iter().flatten() {
            if one.country != sign_in.country && one.time + DAY > sign_in.time {
                rows.push((
                    sign_in.principal.clone(),
                    sign_in.time,
                    sign_in.country.clone(),
                    one.time,
                    one.country.clone(),
                ));
            }
        }
    }
    rows.sort();
    rows
}
