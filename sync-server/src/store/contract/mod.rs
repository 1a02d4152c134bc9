//! What every [`HubStore`](super::HubStore) must do, written against the trait alone: each implementation runs the
//! whole suite, and a new one is done when it passes.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

pub(crate) mod applications;
pub(crate) mod blobs;
pub(crate) mod checkins;
pub(crate) mod clocks;
pub(crate) mod concurrency;
pub(crate) mod documents;
pub(crate) mod duty;
pub(crate) mod editions;
pub(crate) mod feeds;
pub(crate) mod lists;
pub(crate) mod log;
pub(crate) mod pieces;
pub(crate) mod private;
pub(crate) mod pushes;
pub(crate) mod records;
pub(crate) mod registers;
pub(crate) mod risks;
pub(crate) mod samples;
pub(crate) mod tables;
pub(crate) mod tasks;
pub(crate) mod transactions;

/// The suite as tests, for a function that makes a fresh store (and something to keep alive with it).
macro_rules! contract {
    ($name:ident, $fresh:expr) => {
        mod $name {
            $crate::store::contract::cases!($fresh;
                transactions: a_failed_work_leaves_nothing, a_read_sees_one_moment, a_backup_is_a_whole_copy;
                documents: a_document_grows_by_arrival, a_snapshot_spares_the_older_changes,
                    no_arrival_and_no_hash_twice, documents_are_listed_once_each, quarantine_keeps_the_first_verdict;
                editions: of_a_replaced_history_the_names_stay, orders_are_kept_by_their_lines,
                    packs_are_void_up_to_the_last_entry_of_the_document;
                feeds: each_scope_counts_for_itself, a_feed_is_read_in_parts, membership_moves_on_and_ends,
                    changes_are_named_by_scope;
                lists: filters_join, parts_follow_each_other_without_gap_or_repeat, counts_are_by_state,
                    signs_of_a_pattern_are_letters, a_case_number_is_given_once, numbers_go_on_after_a_skip;
                checkins: checkins_are_listed_newest_first;
                clocks: clocks_are_replaced_by_case_and_found_by_level, a_level_is_told_once,
                    whoever_is_to_be_told_is_told_each_level_once, lists_go_by_light_and_by_deadline,
                    cases_without_clocks_are_found;
                registers: people_and_bodies_read_back, former_scopes_are_noted_and_taken_back,
                    passwords_and_sessions, a_code_is_taken_once,
                    installations_move_on, grids_and_classes, own_facts_and_audit;
                blobs: blobs_come_in_parts, what_is_cited_or_fresh_is_no_candidate, unread_changes_are_kept_by_name;
                records: records_are_kept_by_case_and_by_chain, cases_with_records_are_listed_by_day;
                pieces: pieces_are_found_by_person_by_file_and_by_look, what_is_noted_during_a_look_waits_again;
                risks: risks_are_listed_by_case_and_person_and_never_twice, answers_are_added_to_a_risk;
                private: subjects_and_records_read_back, an_erased_subject_has_no_key_and_keeps_its_rows,
                    what_is_over_is_told_the_longest_overdue_first;
                tables: each_edition_reads_back_as_it_was, the_edition_of_a_day_is_the_latest_that_holds,
                    no_edition_and_no_key_stands_twice;
                applications: what_waits_is_replaced_and_listed_by_age;
                duty: leaves_are_found_while_they_last_and_until_they_are_taken_back;
                tasks: offers_are_found_by_case_and_while_they_wait, notices_wait_and_are_counted;
                pushes: parts_are_told_as_far_as_none_is_missing;
                log: every_line_is_entered_in_order, a_day_begins_at_its_first_line, a_failed_work_enters_nothing, an_entry_is_proved_from_what_is_kept;
                concurrency: feeds_have_no_gap_and_no_late_line, one_code_has_one_taker;
            );
        }
    };
}
macro_rules! cases {
    ($fresh:expr; $($family:ident: $($case:ident),+ ;)+) => {
        $($(
            #[test]
            fn $case() {
                let (_kept, store) = $fresh;
                $crate::store::contract::$family::$case(&store);
            }
        )+)+
    };
}
pub(crate) use {cases, contract};
