"""Every table there is: importing this fills SQLModel's metadata."""

from bot.domain.audit import AuditEntry
from bot.domain.clock_offset import ClockOffset
from bot.domain.commitment_events import CommitmentEvent
from bot.domain.commitments import Commitment
from bot.domain.customers import Contact, Customer
from bot.domain.deliveries import Delivery
from bot.domain.engagements import Engagement, EngagementContact, EngagementExecutive
from bot.domain.events import InboundEvent
from bot.domain.people import Absence, Account, Delegation, Person
from bot.domain.prompts import Prompt
from bot.domain.schedule_runs import ScheduleRun

__all__ = [
    "Absence",
    "Account",
    "AuditEntry",
    "ClockOffset",
    "Commitment",
    "CommitmentEvent",
    "Contact",
    "Customer",
    "Delegation",
    "Delivery",
    "Engagement",
    "EngagementContact",
    "EngagementExecutive",
    "InboundEvent",
    "Person",
    "Prompt",
    "ScheduleRun",
]
