//! All lints, one a file.

/// Declares the lints' modules' list. (The `mod` lines stand by themselves, so that `cargo fmt` sees them.)
macro_rules! lints {
    ($($module:ident),* $(,)?) => {
        /// All of them, in the order of their codes.
        pub static LINTS: &[&Lint] = &[$(&$module::LINT),*];
    };
}

mod hr102_missing_field;
mod hr103_misspelt_kind;
mod hr104_id_used_twice;
mod hr105_file_name_used_twice;
mod hr107_id_changed;
mod hr108_version_not_raised;
mod hr109_swallowed_key;
mod hr110_period_below_frequency;
mod hr111_duration_out_of_range;
mod hr112_long_window_too_often;
mod hr113_schedule_not_taken;
mod hr120_unknown_connector;
mod hr121_undeclared_table;
mod hr122_unused_data_type;
mod hr130_technique_without_tactic;
mod hr131_revoked_technique;
mod hr132_unknown_technique;
mod hr133_misspelt_tactic;
mod hr134_tactic_without_technique;
mod hr150_invisible_character;
mod hr201_renamed_table;
mod hr210_beyond_the_window;
mod hr211_one_sided_time;
mod hr212_alerts_repeat;
mod hr213_late_events;
mod hr214_blind_time;
mod hr215_past_dates;
mod hr216_own_alerts;
mod hr220_no_time;
mod hr301_missing_column;
mod hr302_column_in_other_case;
mod hr303_dynamic_entity;
mod hr304_weak_entity;
mod hr305_no_entities;
mod hr306_missing_detail;
mod hr307_no_time_in_result;
mod hr308_application_by_guid;
mod hr401_dead_literal;
mod hr402_blank_at_the_edge;
mod hr403_case_contradiction;
mod hr404_minds_case;
mod hr405_by_position;
mod hr406_path_never_seen;
mod hr407_always_true;
mod hr408_mixed_logic;
mod hr409_escape_slip;
mod hr410_number_and_text;
mod hr411_contains_word;
mod hr412_has_no_word;
mod hr413_placeholder;
mod hr414_whole_message;
mod hr415_never_seen;
mod hr416_no_rows;
mod hr417_column_never_filled;
mod hr501_join_without_kind;
mod hr502_innerunique_of_events;
mod hr503_outer_made_inner;
mod hr504_product_of_rows;
mod hr505_keys_in_other_case;
mod hr506_fuzzy_union;
mod hr507_groups_of_one;
mod hr508_not_reproducible;
mod hr509_out_of_reach;
mod hr510_data_from_outside;
mod hr511_not_shipped;

use kql_syntax::Diagnostic;

use crate::lint::{BoundRule, Lint};
use crate::suppress;

lints![
    hr102_missing_field,
    hr103_misspelt_kind,
    hr104_id_used_twice,
    hr105_file_name_used_twice,
    hr107_id_changed,
    hr108_version_not_raised,
    hr109_swallowed_key,
    hr110_period_below_frequency,
    hr111_duration_out_of_range,
    hr112_long_window_too_often,
    hr113_schedule_not_taken,
    hr120_unknown_connector,
    hr121_undeclared_table,
    hr122_unused_data_type,
    hr130_technique_without_tactic,
    hr131_revoked_technique,
    hr132_unknown_technique,
    hr133_misspelt_tactic,
    hr134_tactic_without_technique,
    hr150_invisible_character,
    hr201_renamed_table,
    hr210_beyond_the_window,
    hr211_one_sided_time,
    hr212_alerts_repeat,
    hr213_late_events,
    hr214_blind_time,
    hr215_past_dates,
    hr216_own_alerts,
    hr220_no_time,
    hr301_missing_column,
    hr302_column_in_other_case,
    hr303_dynamic_entity,
    hr304_weak_entity,
    hr305_no_entities,
    hr306_missing_detail,
    hr307_no_time_in_result,
    hr308_application_by_guid,
    hr401_dead_literal,
    hr402_blank_at_the_edge,
    hr403_case_contradiction,
    hr404_minds_case,
    hr405_by_position,
    hr406_path_never_seen,
    hr407_always_true,
    hr408_mixed_logic,
    hr409_escape_slip,
    hr410_number_and_text,
    hr411_contains_word,
    hr412_has_no_word,
    hr413_placeholder,
    hr414_whole_message,
    hr415_never_seen,
    hr416_no_rows,
    hr417_column_never_filled,
    hr501_join_without_kind,
    hr502_innerunique_of_events,
    hr503_outer_made_inner,
    hr504_product_of_rows,
    hr505_keys_in_other_case,
    hr506_fuzzy_union,
    hr507_groups_of_one,
    hr508_not_reproducible,
    hr509_out_of_reach,
    hr510_data_from_outside,
    hr511_not_shipped,
];

/// The lint of a code, or of a name.
#[must_use]
pub fn lint(code: &str) -> Option<&'static Lint> {
    let is_it = |lint: &&'static Lint| lint.code.eq_ignore_ascii_case(code) || lint.name == code;
    let of_suppressions = [&suppress::WITHOUT_REASON, &suppress::WITHOUT_FINDING];
    LINTS.iter().copied().chain(of_suppressions).find(is_it)
}

/// Everything that lints find in a rule, in the order of its file.
pub(crate) fn run(rule: &BoundRule<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in LINTS {
        (lint.check)(rule, &mut found);
    }
    found.sort_by(|one, other| (one.span(), one.code.0).cmp(&(other.span(), other.code.0)));
    found.dedup_by(|one, other| one.code == other.code && one.span() == other.span());
    found
}
