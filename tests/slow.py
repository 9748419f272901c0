"""Files of tests that `make quick` leaves out: real processes, servers that are killed, every way in for everybody, fuzzing, figures."""

from __future__ import annotations

FILES = {
    "cli/test_command_line.py",
    "cli/test_starting.py",
    "delivery/broadcasts/test_kills.py",
    "delivery/broadcasts/test_storms.py",
    "delivery/broadcasts/test_two_workers.py",
    "delivery/broadcasts/test_under_way.py",
    "delivery/test_database_restart.py",
    "delivery/test_restart.py",
    "handlers/test_garbage.py",
    "migrations/test_migrating_commitments.py",
    "migrations/test_migrating_deliveries.py",
    "migrations/test_migrating_people.py",
    "platforms/slack/test_documented_payloads.py",
    "platforms/slack/test_emulator.py",
    "platforms/slack/test_mutations.py",
    "platforms/slack/test_socket_mode.py",
    "platforms/test_fourth.py",
    "process/test_embedded.py",
    "process/test_lifetime.py",
    "process/test_logs.py",
    "quarter/test_quarter.py",
    "rights/test_commands.py",
    "rights/test_copies.py",
    "rights/test_pages.py",
    "sample/test_sample.py",
    "test_linear.py",
    "web/api/test_fuzz.py",
    "web/test_garbage.py",
}
