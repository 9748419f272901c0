"""The whole of app.yaml."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.channels import Channels
from bot.settings.company import Company, Journey, Pledge, Pledges, Segment, Segments, Stage, Target
from bot.settings.platforms import Platforms, WebSettings
from bot.settings.rules import (
    DeliveryRules,
    EngagementRules,
    PromptRules,
    ReportRules,
    ScheduleSetting,
    UnderstandingRules,
    UpdateRules,
    WorkingTime,
)
from bot.settings.values import Identifier, Section


class Settings(Section):
    """A company's settings, as app.yaml tells them. Get them with `bot.settings.load`."""

    company: Company
    """Who the company is."""
    journey: Journey
    """The stages of the customer's journey, in order, from where the customer stands. Everything logged is tagged with one."""
    segments: Segments = ()
    """The groups of customers the company tells apart, each with what is wanted of it."""
    pledges: Pledges = Pledges()
    """What executives have promised to do."""
    engagements: EngagementRules = EngagementRules()
    """How calls and visits are logged and looked back on."""
    understanding: UnderstandingRules | None = None
    """A language model that helps to read what is typed after `/logvisit` and `/logcall`. Left out: none, and nothing goes anywhere."""
    working_time: WorkingTime = WorkingTime()
    """When people may be written to."""
    prompts: PromptRules = PromptRules()
    """What happens to a prompt that isn't answered."""
    schedules: dict[Identifier, ScheduleSetting] = Field(default_factory=dict)
    """When the jobs in `schedules/` run, by their name; one not listed runs at its own time."""
    updates: UpdateRules = UpdateRules()
    """How updates to staff go out."""
    reports: ReportRules = ReportRules()
    """What is reported by itself."""
    delivery: DeliveryRules = DeliveryRules()
    """How fast messages go out."""
    channels: Channels = Channels()
    """Where the bot writes for everybody to read."""
    platforms: Platforms = Platforms()
    """Where people talk to the bot."""
    web: WebSettings = WebSettings()
    """The web server."""

    @model_validator(mode="after")
    def _reachable_only_where_signed(self) -> Self:
        """Console and Playground let anyone be anyone: never beside real accounts, never beyond this machine."""
        on = self.platforms
        if on.console.enabled and on.has_accounts:
            raise _at(
                ("platforms", "console", "enabled"),
                "the console lets anyone act as anyone, so it can't be on beside Slack or Teams",
            )
        doors = [section.open_door for section in on.on.values() if section.open_door]
        if doors and not self.web.loopback:
            raise _at(("web", "host"), f"{doors[0]} lets anyone act as anyone, so it is served to this machine alone")
        return self

    def stage(self, key: str) -> Stage | None:
        """The journey stage with this key."""
        return next((stage for stage in self.journey if stage.key == key), None)

    def segment(self, key: str) -> Segment | None:
        """The segment with this key."""
        return next((segment for segment in self.segments if segment.key == key), None)

    def target(self, key: str) -> Target | None:
        """The target with this key, whichever segment it is of."""
        return next((target for segment in self.segments for target in segment.targets if target.key == key), None)

    def segment_of_target(self, key: str) -> Segment | None:
        """The segment that the target with this key is of."""
        return next((segment for segment in self.segments if any(target.key == key for target in segment.targets)), None)

    def pledge_of(self, email: str) -> Pledge:
        """What the executive with this email, in any case, has promised: their own pledge or the default."""
        return self.pledges.people.get(email.strip().lower(), self.pledges.default)


_REMEDIES = {
    "enabled": "false, or take the line out; or take the slack and teams sections out",
    "host": "127.0.0.1; or switch it off (platforms.console.enabled: false, platforms.teams.playground: false)",
}


def _at(path: tuple[str, ...], problem: str) -> PydanticCustomError:
    return PydanticCustomError(
        "elsewhere", "{what}", {"what": problem, "at": [path], "problems": [problem], "allowed": _REMEDIES[path[-1]]}
    )
