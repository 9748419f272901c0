"""Cards and forms as the exact JSON each platform gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.cards import Card, Form
from bot.platforms.slack.blocks import render_card as slack_card
from bot.platforms.slack.modals import render_form as slack_form
from bot.platforms.teams.adaptive import render_card as teams_card
from bot.platforms.teams.forms import render_form as teams_form


def _slack(reply: Card | Form) -> dict[str, Any]:
    return slack_card(reply) if isinstance(reply, Card) else slack_form(reply)


def _teams(reply: Card | Form) -> dict[str, Any]:
    return teams_card(reply) if isinstance(reply, Card) else teams_form(reply, inline=True)


PREVIEWS: Mapping[str, Callable[[Card | Form], dict[str, Any]]] = {"slack": _slack, "teams": _teams}
