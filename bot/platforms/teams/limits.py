"""What Teams allows, each number beside the page it comes from."""

from __future__ import annotations

# "Keep it under 80 KB" of UTF-16 for the whole message; past about 100 KB it's refused with 413 MessageSizeTooBig.
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
MESSAGE_BYTES = 80_000
ENVELOPE_BYTES = 4_000
"""Kept free of `MESSAGE_BYTES` for what surrounds a card: type, summary, attachment, the answer to an invoke."""
CARD_BYTES = MESSAGE_BYTES - ENVELOPE_BYTES

# Six actions a row are shown: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-actions
# Four are what a phone holds without hiding one behind a menu.
BUTTONS_IN_ROW = 4
# A choice list longer than this can't be read by thumb; the rest is found by typing.
CHOICES = 100
SUMMARY = 1_000
"""Characters of a notification; a phone shows some 100."""
# https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules
DIALOG_TITLE = 64
# Ours: an activity people cause is far smaller, and what is larger isn't read at all.
BODY_BYTES = 256 * 1024
