"""Which of a card's buttons are seen at once and which are in its menu; and the question that a press in a menu asks first.

Every view gets it from here: Slack's overflow, Teams' overflow and the console's menu hold the same buttons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import Actions, Button, ButtonStyle, Form

MOST = 3
"""Buttons in sight: what a thumb finds without reading them all."""


@dataclass(frozen=True)
class Row:
    """Buttons in sight, the step that fits now first; and those in the menu beside them."""

    shown: tuple[Button, ...]
    menu: tuple[Button, ...] = ()


def fold(actions: Actions) -> Row:
    """Part a row of buttons. The primary one comes first; what few need, what is dangerous and what passes three goes to the menu.

    Buttons that are the answers to one question (`choices`) are all shown: a list of which some lines are hidden is none.
    """
    if actions.choices:
        return Row(actions.buttons)
    ranked = sorted(actions.buttons, key=_rank)
    seen = [one for one in ranked if not _in_menu(one)][:MOST] or ranked[:1]
    return Row(tuple(seen), tuple(one for one in ranked if not any(one is other for other in seen)))


def _rank(button: Button) -> int:
    return 0 if button.style is ButtonStyle.PRIMARY else 2 if button.style is ButtonStyle.DANGER else 1


def _in_menu(button: Button) -> bool:
    return button.later or button.style is ButtonStyle.DANGER


def question(label: str, asked: str, command: str, args: Mapping[str, str]) -> Form:
    """The question before a press, as a form with nothing to fill in: no platform can ask one in a menu by itself."""
    return Form(title=label, command=command, args=dict(args), fields=(), submit=label, intro=asked)
