"""Every table there is: importing this fills SQLModel's metadata."""

from bot.domain.access.api_tokens import ApiToken
from bot.domain.access.sign_ins import SignInLink, WebSession
from bot.domain.engagements.attendance import EngagementContact, EngagementExecutive, EngagementMonth
from bot.domain.engagements.customers import Contact, Customer
from bot.domain.engagements.engagements import Engagement
from bot.domain.engagements.prompts import Prompt
from bot.domain.outbox.deliveries import Delivery, LaneLease, UnderWay
from bot.domain.outbox.outages import PlatformOutage
from bot.domain.outbox.posts import ChannelPost
from bot.domain.people.people import Absence, Account, Delegation, Person
from bot.domain.people.tenures import Tenure
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem
from bot.domain.promises.agendas import Reminded
from bot.domain.promises.commitment_events import CommitmentEvent
from bot.domain.promises.commitments import Commitment
from bot.domain.records.audit import AuditEntry
from bot.domain.records.clock_offset import ClockOffset
from bot.domain.records.company_settings import SettingsInForce
from bot.domain.records.events import InboundEvent
from bot.domain.records.schedule_runs import ScheduleRun
from bot.domain.records.slack_installations import SlackInstallation, SlackInstallLink
from bot.domain.updates.audiences import ChannelMember, ChannelReading
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.receipts import Question, Receipt
from bot.domain.updates.updates import Update, UpdateText

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
    "LaneLease",
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
