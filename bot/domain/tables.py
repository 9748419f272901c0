"""Every table there is: importing this fills SQLModel's metadata."""

from bot.domain.agendas import Reminded
from bot.domain.api_tokens import ApiToken
from bot.domain.attendance import EngagementContact, EngagementExecutive, EngagementMonth
from bot.domain.audiences import ChannelMember, ChannelReading
from bot.domain.audit import AuditEntry
from bot.domain.broadcasts import Broadcast
from bot.domain.clock_offset import ClockOffset
from bot.domain.commitment_events import CommitmentEvent
from bot.domain.commitments import Commitment
from bot.domain.company_settings import SettingsInForce
from bot.domain.customers import Contact, Customer
from bot.domain.decisions import Decision
from bot.domain.deliveries import Delivery, LaneTurn, UnderWay
from bot.domain.engagements import Engagement
from bot.domain.events import InboundEvent
from bot.domain.outages import PlatformOutage
from bot.domain.people import Absence, Account, Delegation, Person
from bot.domain.posts import ChannelPost
from bot.domain.prompts import Prompt
from bot.domain.receipts import Question, Receipt
from bot.domain.roadmap import RoadmapItem
from bot.domain.schedule_runs import ScheduleRun
from bot.domain.sign_ins import SignInLink, WebSession
from bot.domain.slack_installations import SlackInstallation, SlackInstallLink
from bot.domain.tenures import Tenure
from bot.domain.updates import Update, UpdateText

__all__ = [
    "Absence",
    "Account",
    "ApiToken",
    "AuditEntry",
    "Broadcast",
    "ChannelMember",
    "ChannelPost",
    "ChannelReading",
    "ClockOffset",
    "Commitment",
    "CommitmentEvent",
    "Contact",
    "Customer",
    "Decision",
    "Delegation",
    "Delivery",
    "Engagement",
    "EngagementContact",
    "EngagementExecutive",
    "EngagementMonth",
    "InboundEvent",
    "LaneTurn",
    "Person",
    "PlatformOutage",
    "Prompt",
    "Question",
    "Receipt",
    "Reminded",
    "RoadmapItem",
    "ScheduleRun",
    "SettingsInForce",
    "SignInLink",
    "SlackInstallLink",
    "SlackInstallation",
    "Tenure",
    "UnderWay",
    "Update",
    "UpdateText",
    "WebSession",
]
