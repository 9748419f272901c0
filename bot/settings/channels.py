"""The channels the bot writes to, and how much it may say there."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from bot.settings.platforms import Platforms
from bot.settings.values import Flag, Section, wrong

_SLACK = "Slack's id of it, such as C0123ABCDEF: it stands at the foot of the channel's details"
_TEAMS = "Teams' id of it, such as 19:0a1b2c@thread.tacv2: it is in the channel's link, with %3A for : and %40 for @"


def _slack(value: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{4,30}", value):
        raise wrong(f"“{value}” is not a channel's id", _SLACK)
    return value


def _teams(value: str) -> str:
    if not re.fullmatch(r"19:[^\s;%@]+@thread\.\w+", value):
        raise wrong(f"“{value}” is not a channel's id", _TEAMS)
    return value


class Channel(Section):
    """One channel, on Slack, on Teams, or on both."""

    slack: Annotated[str, AfterValidator(_slack)] | None = None
    """The channel's id on Slack. Invite the bot to it."""
    teams: Annotated[str, AfterValidator(_teams)] | None = None
    """The channel's id on Teams. Add the bot to its team."""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.slack is None and self.teams is None:
            raise wrong("names no channel", "slack, teams, or both, each with the channel's id")
        return self

    def on(self, platforms: Platforms) -> dict[str, str]:
        """Its ids on the platforms that are switched on, by the platform's name."""
        found = {"slack": platforms.slack and self.slack, "teams": platforms.teams and self.teams}
        return {name: channel for name, channel in found.items() if channel}


class Channels(Section):
    """Where the bot writes for everybody to read."""

    celebrations: Channel | None = None
    """Where a kept promise is celebrated, when the executive who made it asks for that. Left out: nowhere."""
    questions: Channel | None = None
    """Where questions about updates are answered for everybody. Left out: nowhere."""
    customer_names: Flag = False
    """Whether a customer's name may appear there."""
