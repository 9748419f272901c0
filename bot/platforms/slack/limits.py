"""What Slack allows, each number beside the page it comes from. Lengths are in characters, as Slack counts the escaped text."""

from __future__ import annotations

# https://docs.slack.dev/reference/block-kit/blocks
BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_MODAL = 100
# Not documented: messages of many long sections were refused (`msg_blocks_too_long`) from about 13,200 characters on.
TEXT_IN_MESSAGE = 12_000
# https://docs.slack.dev/reference/methods/chat.postMessage takes 40,000 and advises 4,000; a notification shows far less.
FALLBACK = 1_000

# https://docs.slack.dev/reference/block-kit/composition-objects/text-object
TEXT = 3_000
# https://docs.slack.dev/reference/block-kit/blocks/section-block
FIELDS = 10
# https://docs.slack.dev/reference/block-kit/blocks/header-block
HEADER = 150
# https://docs.slack.dev/reference/block-kit/blocks/actions-block allows 25 elements; five are a row a thumb can use.
BUTTONS_IN_ROW = 5
# https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element: options in one menu; what each carries is OPTION_VALUE
MENU = 5
# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
# https://docs.slack.dev/reference/block-kit/blocks/image-block
ALT = 2_000
# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block: two a message; it has said six series and twelve, six are safe
CHARTS = 2
CHART_TITLE = 50
CHART_LABEL = 20
CHART_SERIES = 6
CHART_VALUES = 20
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# https://docs.slack.dev/reference/views/modal-views
MODAL_TITLE = 24
MODAL_BUTTON = 24
PRIVATE_METADATA = 3_000
# https://docs.slack.dev/reference/block-kit/blocks/input-block
LABEL = 2_000
HINT = 2_000
# https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
INPUT = 3_000
PLACEHOLDER = 150
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_VALUE = 150
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element: more than this and a select shows "no result".
OPTIONS = 100
ACTION_ID = 255
