"""The rules the bot goes by: how long things may be changed, when people work, when they are asked, how fast it sends."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from bot.settings.cron import Cron
from bot.settings.values import Country, Day, Email, Flag, Hours, Number, Section, Variable, Weekday, Words

Days = Annotated[tuple[Weekday, ...], Field(min_length=1)]
_WEEK = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


class EngagementRules(Section):
    """How calls and visits are logged and looked back on."""

    editable_days: Annotated[Number, Field(ge=0, le=3660)] = 30
    """For how many days after logging it somebody may change or delete an engagement. The CX office always may."""
    oldest_days: Annotated[Number, Field(ge=1, le=3660)] = 366
    """How many days back something may have happened for it still to be logged."""
    stale_days: Annotated[Number, Field(ge=1, le=3660)] = 90
    """After how many days without an engagement a key customer counts as stale."""
    page_size: Annotated[Number, Field(ge=1, le=10)] = 5
    """How many engagements a page of `/engagements` shows. With more than ten, a Slack message could outgrow its 50 blocks."""


class CountryTime(Section):
    """Working time in one country, where it differs."""

    days: Days | None = None
    """Working days there; left out, the company's."""
    hours: Hours | None = None
    """Working hours there; left out, the company's."""


class WorkDays(Section):
    """Working days and hours that apply to somebody, on their own wall clock."""

    days: Days
    hours: Hours

    @property
    def start(self) -> time:
        """When work begins; naive wall time."""
        return self.hours.start

    @property
    def end(self) -> time:
        """When work ends; naive wall time, after `start`."""
        return self.hours.end


class WorkingTime(Section):
    """When people may be written to. Each person's own record goes before it; public holidays are known per country."""

    days: Days = _WEEK
    """Working days, by name: `mon` to `sun`."""
    hours: Hours = Hours("09:00-17:30")
    """Working hours on each person's own wall clock."""
    countries: dict[Country, CountryTime] = Field(default_factory=dict)
    """Countries whose working days or hours differ, by two-letter ISO 3166 code."""
    company_holidays: tuple[Day, ...] = ()
    """Days on which nobody is sent anything, on top of each country's public holidays."""

    def for_country(self, code: str | None) -> WorkDays:
        """The working days and hours in a country (DE) or a part of it (DE-BY), any case; the company's own when it isn't listed."""
        own = self.countries.get((code or "").upper().partition("-")[0], CountryTime())
        return WorkDays(days=own.days or self.days, hours=own.hours or self.hours)


class PromptRules(Section):
    """What happens to a prompt that isn't answered."""

    remind_after: Annotated[Number, Field(ge=1, le=60)] = 2
    """After how many working days, counted in the person's own week, a prompt is repeated, once."""
    expire_after: Annotated[Number, Field(ge=1, le=60)] = 2
    """After how many working days more it is closed unanswered."""


class ScheduleSetting(Section):
    """When one of the scheduled jobs in `schedules/` runs."""

    cron: Cron | None = None
    """Five cron fields, on the wall clock of each time zone that people live in; weekdays by name. Left out, the job's own."""
    enabled: Flag = True
    """Whether it runs at all."""
    grace_minutes: Annotated[Number, Field(ge=1, le=7 * 24 * 60)] | None = None
    """How late, in minutes, a time missed while the bot was down is still made up for. Left out, the job's own."""


class UpdateRules(Section):
    """How updates to staff go out."""

    second_person_above: Annotated[Number, Field(ge=0, le=1_000_000)] = 50
    """Above how many recipients a broadcast needs the approval of a second person."""
    hours: Hours = Hours("07:30-19:00")
    """The hours in which an update may arrive, on each recipient's own wall clock, within their working hours. Outside them it waits."""
    weekly_limit: Annotated[Number, Field(ge=1, le=100)] = 3
    """How many updates a person gets in seven days. Those above it are told in the weekly digest."""


class UnderstandingRules(Section):
    """A language model that helps to read what is typed after `/logvisit` and `/logcall`."""

    model: Words
    """The model's name, as its service knows it. People are told it where it helped."""
    address_env: Variable = "UNDERSTANDING_ADDRESS"
    """The environment variable that holds the service's OpenAI-compatible address, what comes before `/chat/completions`."""
    key_env: Variable | None = "UNDERSTANDING_KEY"
    """The environment variable that holds the service's key; `null` where it needs none."""


class DeliveryRules(Section):
    """How fast messages go out, and what to do when it isn't known whether one did."""

    slack_per_minute: Annotated[Number, Field(ge=1, le=600)] = 240
    """Messages a minute to one Slack workspace. Slack speaks of several hundred a minute: https://docs.slack.dev/apis/web-api/rate-limits/"""
    slack_changes_per_minute: Annotated[Number, Field(ge=1, le=600)] = 50
    """Messages changed or deleted a minute in one Slack workspace: its tier 3, https://docs.slack.dev/apis/web-api/rate-limits/"""
    teams_per_second: Annotated[Number, Field(ge=1, le=50)] = 40
    """Requests a second to one Microsoft tenant, which allows 50: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit"""
    teams_uncertain: Literal["leave", "resend"] = "leave"
    """A Teams message cut off while being sent: `leave` it as sent, unconfirmed, or `resend` it, which may double it."""


class ReportRules(Section):
    """What is reported without anybody asking."""

    letter_to: tuple[Email, ...] = ()
    """The emails of those the monthly letter goes to, such as the chief executive. With none it goes to the CX office, to pass on."""
