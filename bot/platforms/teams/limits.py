"""What Teams allows, each number beside the page it comes from."""

from __future__ import annotations

# "Keep it under 80 KB" of UTF-16 for the whole message; past about 100 KB it's refused with 413 MessageSizeTooBig.
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
MESSAGE_BYTES = 80_000
ENVELOPE_BYTES = 4_000
"""Kept free of `MESSAGE_BYTES` for what surrounds a card: type, summary, attachment, the answer to an invoke."""
CARD_BYTES = MESSAGE_BYTES - ENVELOPE_BYTES

# A card is 340 pixels wide on a phone, of which its edges take some, and Teams breaks no row of buttons: it cuts their words.
# Measured with Microsoft's renderer in tests/platforms/teams/test_renderer.py: https://www.npmjs.com/package/adaptivecards
ROW_WIDTH = 310
BUTTON_GAP, BUTTON_PADDING, MENU_WIDTH = 8, 26, 46
SIGN_WIDTH, WIDE_SIGN_WIDTH = 9, 15
"""Pixels: between two buttons, beside a button's words, of the menu's button; of one sign of bold words at most, and of a Chinese one."""
LABEL_WIDTH = 84
"""Pixels a fact's name has beside its value, where its words need no more."""
# A choice list longer than this can't be read by thumb; the rest is found by typing.
CHOICES = 100
SUMMARY = 1_000
"""Characters of a notification; a phone shows some 100."""
# https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules
DIALOG_TITLE = 64
# Ours: an activity people cause is far smaller, and what is larger isn't read at all.
BODY_BYTES = 256 * 1024
