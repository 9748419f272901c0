"""Tests that `make quick` leaves out: real processes, servers that are killed, every way in for everybody, fuzzing, weeks of a moved clock."""

from __future__ import annotations

FILES = {
    "cli/test_command_line.py",
    "cli/test_starting.py",
    "delivery/broadcasts/test_kills.py",
    "delivery/broadcasts/test_storms.py",
    "delivery/broadcasts/test_two_workers.py",
    "delivery/broadcasts/test_under_way.py",
    "delivery/shown/test_bundling.py",
    "delivery/shown/test_first_day_back.py",
    "delivery/test_database_restart.py",
    "delivery/test_moments.py",
    "delivery/test_restart.py",
    "handlers/test_garbage.py",
    "handlers/test_recalls.py",
    "handlers/test_update_states.py",
    "handlers/test_updates.py",
    "handlers/test_what_was_approved.py",
    "measures/test_doors.py",
    "migrations/test_migrating_commitments.py",
    "migrations/test_migrating_deliveries.py",
    "migrations/test_migrating_people.py",
    "platforms/slack/test_documented_payloads.py",
    "platforms/slack/test_emulator.py",
    "platforms/slack/test_mutations.py",
    "platforms/slack/test_socket_mode.py",
    "platforms/teams/test_documented_payloads.py",
    "platforms/test_fourth.py",
    "platforms/test_parity.py",
    "process/test_embedded.py",
    "process/test_lifetime.py",
    "process/test_logs.py",
    "quarter/test_linear.py",
    "quarter/test_quarter.py",
    "rights/test_commands.py",
    "rights/test_copies.py",
    "rights/test_pages.py",
    "sample/test_sample.py",
    "schedules/test_digests.py",
    "schedules/test_remind_of_commitments.py",
    "schedules/test_reports.py",
    "spreadsheets/importing/test_attacks.py",
    "test_linear.py",
    "web/api/test_fuzz.py",
    "web/test_garbage.py",
}

TESTS = {
    "cli/test_exports.py": {
        "test_an_empty_company_is_written_too",
        "test_every_recipient_with_what_they_answered",
        "test_everything_as_files_in_a_folder",
        "test_everything_is_a_sheet_each_formatted",
    },
    "cli/test_tokens.py": {
        "test_a_token_is_shown_once_listed_without_it_and_revoked",
    },
    "delivery/broadcasts/test_pipeline.py": {
        "test_a_recall_while_sending_leaves_nobody_with_it",
        "test_a_revoked_token_pauses_and_tells_the_cx_office",
        "test_a_throttle_holds_up_its_tenant_only_as_long_as_it_says",
        "test_paused_midway_and_resumed",
    },
    "delivery/shown/test_no_longer_theirs.py": {
        "test_an_edit_shows_nothing_new_to_who_has_left",
        "test_what_waits_for_somebody_who_lost_the_right_is_not_sent",
    },
    "delivery/test_pacing.py": {
        "test_after_a_pause_the_first_two_do_not_go_together",
    },
    "delivery/test_posting.py": {
        "test_a_lost_answer_and_a_throttled_look_up",
        "test_a_throttle_is_waited_out_by_a_timer",
        "test_throttled_while_looking",
    },
    "delivery/test_sending.py": {
        "test_a_throttle_is_waited_out_by_a_timer",
        "test_throttled_while_looking",
    },
    "delivery/test_showing.py": {
        "test_a_page_that_cant_be_shown_is_told_once",
        "test_a_platform_that_fails_is_tried_a_few_times",
        "test_many_changes_are_one_showing",
    },
    "delivery/test_story.py": {
        "test_a_broadcasts_copies",
        "test_one_over_the_weeks_limit",
        "test_one_that_is_given_up",
        "test_one_that_nobody_needs_any_more",
        "test_one_that_went_with_another",
        "test_one_trace_from_the_click_to_the_copy",
    },
    "dispatch/test_dispatcher.py": {
        "test_any_button_any_one_makes_up_is_answered_and_shows_nothing",
    },
    "domain/people/test_working_time.py": {
        "test_the_next_working_moment_is_the_first_one",
        "test_working_days_add_up",
    },
    "domain/promises/test_commitments.py": {
        "test_the_history_alone_tells_how_it_stands",
    },
    "domain/updates/test_limits.py": {
        "test_never_more_in_any_seven_days",
    },
    "domain/words/test_any_line.py": {
        "test_ten_times_the_line_takes_ten_times_as_long",
        "test_the_order_of_sentences_changes_nothing",
    },
    "domain/words/test_typed_dates.py": {
        "test_any_text_is_looked_through_without_fail",
        "test_what_has_happened_was_not_after_today",
    },
    "domain/words/test_understanding.py": {
        "test_every_word_is_the_customers_a_contacts_the_notes_or_the_days",
        "test_no_text_is_too_odd",
    },
    "handlers/test_celebrate.py": {
        "test_never_twice",
    },
    "handlers/test_home.py": {
        "test_sixty_promises_are_five_late_ones_first",
    },
    "handlers/test_logvisit.py": {
        "test_any_text_is_kept_as_typed",
    },
    "handlers/test_report.py": {
        "test_the_letter_never_names_its_reader_among_the_missing",
        "test_the_letter_quotes_customers_and_what_surprised",
    },
    "handlers/test_sharing.py": {
        "test_an_update_one_has_is_found_by_its_words_and_shared_without_buttons",
    },
    "handlers/test_update_edges.py": {
        "test_a_delegate_agrees_and_a_second_person_is_still_asked",
        "test_a_new_time_is_kept_though_an_older_one_was_set",
        "test_called_off_and_a_draft_again",
        "test_got_it_on_two_devices_in_the_same_instant",
        "test_nobody_else_in_the_office",
        "test_two_press_agree_in_the_same_instant",
        "test_words_changed_before_their_time_are_agreed_to_anew",
    },
    "measures/test_one_place.py": {
        "test_no_figure_is_counted_outside_measures",
    },
    "measures/test_recount.py": {
        "test_every_figure_is_what_a_plain_count_gives",
    },
    "platforms/slack/test_blocks.py": {
        "test_any_card_is_within_limits",
    },
    "platforms/slack/test_end_to_end.py": {
        "test_every_command_answers_in_slack",
    },
    "platforms/slack/test_home.py": {
        "test_a_slow_answer_holds_its_place",
    },
    "platforms/slack/test_listeners.py": {
        "test_refusal_in_an_open_modal_is_shown_there",
        "test_slow_form_opens_a_stand_in_first",
    },
    "platforms/slack/test_modals.py": {
        "test_any_form_is_within_limits_and_reads_back",
        "test_every_field_is_there",
    },
    "platforms/slack/test_shortcuts.py": {
        "test_without_a_permalink_the_promise_is_still_made",
    },
    "platforms/slack/test_submissions.py": {
        "test_slow_errors_in_a_closed_modal_give_the_text_back",
        "test_slow_saving_shows_a_stand_in",
        "test_slow_search_answers_in_time",
    },
    "platforms/teams/test_adaptive.py": {
        "test_any_card_is_valid_and_whole",
    },
    "platforms/teams/test_forms.py": {
        "test_any_form_is_valid_and_comes_back_as_it_is",
    },
    "platforms/teams/test_names_used.py": {
        "test_only_these_names_are_used",
    },
    "platforms/teams/test_search.py": {
        "test_a_customer_is_found_and_shown_without_what_was_heard",
    },
    "process/test_opening.py": {
        "test_the_audit_trail_and_the_tenures_are_kept_where_nothing_was_migrated",
    },
    "schedules/test_cost.py": {
        "test_messages_cost_the_same_each",
    },
    "schedules/test_prompt_edges.py": {
        "test_a_late_answer_is_for_an_executive_who_was_there",
        "test_a_prompt_woken_too_early_is_woken_again",
        "test_an_executive_whose_role_was_taken_is_not_reminded",
        "test_no_reason_is_said_twice_within_two_weeks",
        "test_what_was_heard_is_asked_about_when_nothing_else_is_new",
        "test_what_was_put_off_is_asked_again_as_it_was",
        "test_who_does_not_work_on_thursday_afternoon_is_asked_next",
    },
    "schedules/test_prompt_executives.py": {
        "test_a_delegate_answers_for_their_executive",
        "test_a_holiday_in_their_country_only",
        "test_a_reminder_after_two_working_days_then_it_closes",
        "test_an_answer_after_it_closed_still_counts",
        "test_at_most_one_open_prompt_a_person",
        "test_each_executive_is_asked_at_their_own_thursday_afternoon",
        "test_it_says_why_it_asks_and_offers_five_answers",
        "test_logging_answers_the_prompt",
        "test_nobody_is_asked_whose_pledge_is_met_and_customers_seen",
        "test_nothing_to_log_ends_it",
        "test_out_until_keeps_quiet_until_then",
        "test_paused_between_the_timer_and_the_reminder",
        "test_remind_me_tomorrow_asks_again_on_the_next_working_morning",
    },
    "scheduling/test_clock_changes.py": {
        "test_each_date_of_each_zone_has_exactly_one_firing",
    },
    "scheduling/test_time_machine.py": {
        "test_any_moves_end",
    },
    "settings/test_loading.py": {
        "test_the_sample_with_any_stretch_cut_out_loads_or_says_why",
    },
    "spreadsheets/exporting/test_sheets.py": {
        "test_values_at_the_edge",
    },
    "spreadsheets/exporting/test_whole.py": {
        "test_a_file_that_was_interrupted_is_not_there",
    },
    "spreadsheets/importing/test_reading.py": {
        "test_any_file_is_rows_or_problems",
    },
    "test_glossary.py": {
        "test_each_name_is_in_the_code",
    },
    "test_secrets.py": {
        "test_no_command_leaves_a_secret_behind",
    },
    "web/dashboard/test_access.py": {
        "test_the_cookie_is_kept_from_scripts_and_other_sites",
    },
    "workflows/test_readers.py": {
        "test_how_long_questions_wait",
        "test_old_buttons_of_a_recalled_update",
        "test_reading_back_shows_what_one_said",
        "test_the_digest_on_monday",
        "test_the_figures_tell_those_away_from_those_silent",
        "test_two_answer_one_question",
        "test_two_updates_of_the_same_title",
    },
    "workflows/test_searches.py": {
        "test_updates_are_found_by_all_words_in_any_order",
    },
}
"""Single tests of other files, each of which takes a second or more."""


def is_slow(file: str, name: str) -> bool:
    """Whether a test is left out: by its file's path below `tests/`, and its function's name."""
    return file in FILES or name in TESTS.get(file, ())
