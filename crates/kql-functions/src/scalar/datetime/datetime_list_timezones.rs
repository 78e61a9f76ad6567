//! `datetime_list_timezones`: the time zones that there are

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "datetime_list_timezones",
    aliases: &[],
    help: "An array of the names of all time zones.",
    examples: &[Example {
        query: "print v = set_has_element(datetime_list_timezones(), 'Europe/Brussels')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(datetime_list_timezones),
};

fn datetime_list_timezones(arguments: &Arguments<'_>) -> Answer {
    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| Dynamic::string(zone.name())).collect();
    let names = Dynamic::Array(names).to_text();
    arguments.make_dynamics(|_, text| {
        text.push_str(&names);
        true
    })
}
