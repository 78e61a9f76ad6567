//! Attacks on accounts and the directory.

use fastrand::Rng;
use kql_semantics::time::{TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};
use serde_json::json;

use super::{Attack, Planted};
use crate::demo::event::{Event, at};
use crate::demo::tables::audit_logs::{audit, role_grant, target, user_target};
use crate::demo::tables::cloud_app_events::{
    CERTIFICATES_AND_SECRETS, SERVICE_PRINCIPAL_CREDENTIALS, activity, credential, permission,
};
use crate::demo::tables::entra_id_spn_sign_in_events;
use crate::demo::tables::signin_logs::{failed, sign_in};
use crate::demo::world::{ABROAD, BRUSSELS, Person, World, attacker};

pub(super) const ATTACKS: [Attack; 12] = [
    service_principals,
    password_spray,
    guessed_password,
    impossible_travel,
    mfa_fatigue,
    legacy_authentication,
    global_administrator,
    consent,
    conditional_access,
    guest,
    anonymous_proxy,
    application_permission,
];

/// How many service principals are attacked; every other one by the operation with the en dash.
const ATTACKED_PRINCIPALS: usize = 8;

fn service_principals(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let mut names = Vec::new();
    for number in 0..ATTACKED_PRINCIPALS {
        let principal = world.principal(number);
        // People and principals of one number share a home country.
        let by = world.person(number % 5);
        let action =
            if number % 2 == 0 { SERVICE_PRINCIPAL_CREDENTIALS } else { CERTIFICATES_AND_SECRETS };
        let added = at(2 + number as i64, 8, 12, 5 * number as i64);
        events.push(credential(rng, by, principal, added, action));
        let abroad = &ABROAD[number % ABROAD.len()];
        for hours in [3, 6, 9] {
            let time = added + hours * TICKS_PER_HOUR + rng.i64(0..TICKS_PER_MINUTE);
            let address = attacker(number);
            events
                .push(entra_id_spn_sign_in_events::sign_in(rng, principal, time, abroad, &address));
        }
        names.push(principal.name.clone());
    }
    // Decoys: a sign-in from abroad 26 hours after, and one before the credential.
    for (number, hours) in [(8, 26), (9, -3)] {
        let principal = world.principal(number);
        let added = at(5, 10, 0, 0);
        events.push(credential(
            rng,
            world.person(number % 5),
            principal,
            added,
            SERVICE_PRINCIPAL_CREDENTIALS,
        ));
        let time = added + hours * TICKS_PER_HOUR;
        events.push(entra_id_spn_sign_in_events::sign_in(
            rng,
            principal,
            time,
            &ABROAD[0],
            &attacker(9),
        ));
    }
    Planted::new(
        "identity/service-principal-credential-then-foreign-sign-in",
        "ServicePrincipalName",
        names,
    )
}

/// Sign-ins of people from an attacker's address, a few seconds apart.
fn tries(
    world: &World,
    rng: &mut Rng,
    people: impl Iterator<Item = usize>,
    (from, address): (i64, &str),
    code: &str,
) -> Vec<Event> {
    let tries = people.enumerate().map(|(place, number)| {
        let time = from + place as i64 * 37 * TICKS_PER_SECOND + rng.i64(0..TICKS_PER_SECOND);
        let person = world.person(number);
        let abroad = &ABROAD[number % ABROAD.len()];
        let event = sign_in(world, rng, person, time, (abroad, address));
        if code == "0" { event } else { failed(event, code) }
    });
    tries.collect()
}

fn password_spray(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    for (day, address, people) in [(3, 20, 18), (9, 21, 22)] {
        events.extend(tries(
            world,
            rng,
            60..60 + people,
            (at(day, 3, 5, 0), &attacker(address)),
            "50126",
        ));
    }
    // Decoy: fourteen accounts.
    events.extend(tries(world, rng, 60..74, (at(6, 3, 5, 0), &attacker(22)), "50126"));
    Planted::new("identity/password-spray", "IPAddress", [attacker(20), attacker(21)])
}

fn guessed_password(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // Who, how many failures, and whether a success follows; the last two are decoys.
    for (person, failures, succeeds) in
        [(41, 12, true), (42, 17, true), (43, 9, true), (44, 12, false)]
    {
        let address = attacker(person);
        let from = at(4 + person as i64 % 4, 3, 10, 0);
        events.extend(tries(
            world,
            rng,
            std::iter::repeat_n(person, failures),
            (from, &address),
            "50126",
        ));
        if succeeds {
            let then = from + 20 * TICKS_PER_MINUTE;
            events.extend(tries(world, rng, std::iter::once(person), (then, &address), "0"));
        }
    }
    let attacked = [41, 42].map(|number| world.person(number).upn.clone());
    Planted::new("identity/guessed-password", "UserPrincipalName", attacked)
}

fn impossible_travel(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let mut pair = |person: &Person, day, minutes, then| {
        let time = at(day, 2, 10, 30);
        events.push(sign_in(world, rng, person, time, (person.home, &person.address)));
        let time = time + minutes * TICKS_PER_MINUTE;
        events.push(sign_in(world, rng, person, time, (then, &attacker(person.number))));
    };
    for number in 45..48 {
        pair(world.person(number), number as i64 - 42, 35, &ABROAD[number % ABROAD.len()]);
    }
    // Decoys: Amsterdam to Brussels, and a far place two and a half hours later.
    pair(world.person(50), 4, 35, &BRUSSELS);
    pair(world.person(49), 5, 150, &ABROAD[1]);
    let attacked = [45, 46, 47].map(|number| world.person(number).upn.clone());
    Planted::new("identity/impossible-travel", "UserPrincipalName", attacked)
}

fn mfa_fatigue(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // Who, how many refusals, and whether one is accepted; the last two are decoys.
    for (person, refusals, accepts) in [(51, 10, true), (52, 7, true), (53, 11, false)] {
        let address = attacker(person);
        let from = at(person as i64 - 46, 2, 31, 0);
        events.extend(tries(
            world,
            rng,
            std::iter::repeat_n(person, refusals),
            (from, &address),
            "500121",
        ));
        if accepts {
            let then = from + 20 * TICKS_PER_MINUTE;
            events.extend(tries(world, rng, std::iter::once(person), (then, &address), "0"));
        }
    }
    Planted::new("identity/mfa-fatigue", "UserPrincipalName", [world.person(51).upn.clone()])
}

fn legacy_authentication(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    for (person, protocol) in [(54, "IMAP4"), (55, "Authenticated SMTP")] {
        let address = attacker(person);
        let tries = tries(world, rng, std::iter::once(person), (at(7, 3, 41, 0), &address), "0");
        events.extend(tries.into_iter().map(|event| event.with("ClientAppUsed", protocol)));
    }
    // Decoys: the printer that may, and somebody who fails.
    let place = world.person(56).home;
    let printer = sign_in(world, rng, world.person(56), at(7, 4, 0, 0), (place, "192.0.2.70"))
        .with("UserPrincipalName", "scanner@larkspur.example")
        .with("UserDisplayName", "Scanner")
        .with("ClientAppUsed", "Authenticated SMTP");
    events.push(printer);
    let refused = tries(world, rng, std::iter::once(56), (at(7, 4, 5, 0), &attacker(56)), "50126");
    events.extend(refused.into_iter().map(|event| event.with("ClientAppUsed", "POP3")));
    let attacked = [54, 55].map(|number| world.person(number).upn.clone());
    Planted::new("identity/legacy-authentication", "UserPrincipalName", attacked)
}

fn global_administrator(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let by = world.person(4);
    for (whom, day, role) in
        [(75, 5, "Global Administrator"), (76, 11, "Privileged Role Administrator")]
    {
        events.push(role_grant(rng, by, world.person(whom), at(day, 22, 14, 9), role));
    }
    // Decoy: one that was refused.
    let refused = role_grant(rng, by, world.person(77), at(6, 22, 14, 9), "Global Administrator");
    events.push(refused.with("Result", "failure").with("ResultReason", "Insufficient privileges"));
    let granted = [75, 76].map(|number| world.person(number).upn.clone());
    Planted::new("identity/global-administrator-granted", "User", granted)
}

fn consent(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // Who, for which application, to which scopes; the last two are decoys.
    let consents = [
        (78, "Invoice Viewer Pro", "Mail.ReadWrite Mail.Send offline_access User.Read"),
        (79, "Calendar Sync", "Calendars.Read offline_access User.Read"),
        (80, "Mail Merge", "Mail.Read User.Read"),
    ];
    for (person, application, scopes) in consents {
        let permissions = format!(
            "[] => [[Id: q1, ClientId: c2, PrincipalId: p3, ResourceId: r4, ConsentType: Principal, Scope: {scopes}, CreatedDateTime: ]];"
        );
        let change = [
            ("ConsentAction.IsAdminConsent", "", "\"False\""),
            ("ConsentAction.Permissions", "", permissions.as_str()),
        ];
        let targets = json!([target("ServicePrincipal", application, &change)]);
        let what = ("ApplicationManagement", "Consent to application");
        events.push(audit(
            rng,
            world.person(person),
            at(8, 9, 25, person as i64 % 60),
            what,
            targets,
        ));
    }
    Planted::new(
        "identity/consent-to-dangerous-permissions",
        "User",
        [world.person(78).upn.clone()],
    )
}

fn conditional_access(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let states = [
        ("Require MFA for administrators", "enabled", "enabledForReportingButNotEnforced"),
        ("Block legacy authentication", "enabled", "enabled"),
        ("Require compliant device", "disabled", "enabled"),
    ];
    for (place, (policy, before, after)) in states.into_iter().enumerate() {
        let old = json!({ "displayName": policy, "state": before }).to_string();
        let new = json!({ "displayName": policy, "state": after, "conditions": {} }).to_string();
        let change = [("ConditionalAccessPolicy", old.as_str(), new.as_str())];
        let targets = json!([target("Policy", policy, &change)]);
        let what = ("Policy", "Update conditional access policy");
        events.push(audit(rng, world.person(4), at(5, 22, 20 + place as i64, 0), what, targets));
    }
    Planted::new(
        "identity/conditional-access-switched-off",
        "Policy",
        [String::from("Require MFA for administrators")],
    )
}

fn guest(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let by = world.person(81);
    // The second is a decoy: two hours lie between.
    for (guest, minutes) in [
        ("d.fox_proton.test#EXT#@larkspur.example", 12),
        ("auditor_bigfour.test#EXT#@larkspur.example", 121),
    ] {
        let invited = at(10, 13, 2, 0);
        let invitation = json!([user_target(guest, "g-1", &[])]);
        events.push(audit(
            rng,
            by,
            invited,
            ("UserManagement", "Invite external user"),
            invitation,
        ));
        let added =
            json!([user_target(guest, "g-1", &[]), target("Group", "Finance writers", &[])]);
        let time = invited + minutes * TICKS_PER_MINUTE;
        events.push(audit(rng, by, time, ("GroupManagement", "Add member to group"), added));
    }
    Planted::new(
        "identity/guest-invited-and-promoted",
        "Guest",
        [String::from("d.fox_proton.test#ext#@larkspur.example")],
    )
}

fn anonymous_proxy(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let by = world.person(6);
    for (minute, action) in
        ["Add user.", "Reset user password.", "Update user."].into_iter().enumerate()
    {
        let event = activity(rng, by, at(12, 1, 3 + minute as i64, 0), ("Office 365", action));
        events.push(
            event
                .with("IsAdminOperation", true)
                .with("IsAnonymousProxy", true)
                .with("IPTags", json!(["Anonymous proxy", "Tor"]))
                .with("IPAddress", attacker(6))
                .with("CountryCode", "RO"),
        );
    }
    // Decoy: somebody reads a file through a proxy.
    let reader = activity(
        rng,
        world.person(83),
        at(12, 10, 0, 0),
        ("Microsoft SharePoint Online", "FileAccessed"),
    );
    events.push(reader.with("IsAnonymousProxy", true).with("IPTags", json!(["Anonymous proxy"])));
    Planted::new(
        "identity/administration-through-an-anonymous-proxy",
        "AccountDisplayName",
        [by.display.clone()],
    )
}

fn application_permission(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let by = world.person(4);
    let rules_all = permission(
        rng,
        by,
        at(5, 22, 31, 0),
        "backup-helper",
        "RoleManagement.ReadWrite.Directory",
    );
    events.push(rules_all);
    events.push(permission(
        rng,
        by,
        at(5, 22, 32, 0),
        "report-reader",
        "RoleManagement.Read.Directory",
    ));
    Planted::new(
        "identity/application-permission-that-rules-all",
        "Application",
        [String::from("backup-helper")],
    )
}
