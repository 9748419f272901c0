"""app.yaml, typed: `load` reads it into a frozen `Settings`, or says every line that is wrong."""

from bot.settings.channels import Channels
from bot.settings.company import Company, Pledge, PledgePeriod, Pledges, Segment, Stage, Target, TargetKind
from bot.settings.cron import Cron
from bot.settings.errors import Problem, SettingsError
from bot.settings.loading import load, parse
from bot.settings.model import Settings
from bot.settings.platforms import (
    Channel,
    ConsoleSettings,
    Platforms,
    PlatformSection,
    SlackSettings,
    TeamsSettings,
    WebSettings,
    channel_named,
)
from bot.settings.reference import json_schema
from bot.settings.rules import CountryTime, DeliveryRules, EngagementRules, PromptRules, ScheduleSetting, WorkDays, WorkingTime
from bot.settings.values import Hours, Section, Weekday, closest

__all__ = [
    "Channel",
    "Channels",
    "Company",
    "ConsoleSettings",
    "CountryTime",
    "Cron",
    "DeliveryRules",
    "EngagementRules",
    "Hours",
    "PlatformSection",
    "Platforms",
    "Pledge",
    "PledgePeriod",
    "Pledges",
    "Problem",
    "PromptRules",
    "ScheduleSetting",
    "Section",
    "Segment",
    "Settings",
    "SettingsError",
    "SlackSettings",
    "Stage",
    "Target",
    "TargetKind",
    "TeamsSettings",
    "WebSettings",
    "Weekday",
    "WorkDays",
    "WorkingTime",
    "channel_named",
    "closest",
    "json_schema",
    "load",
    "parse",
]
