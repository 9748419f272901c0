"""What can be done, and what it can be done to where that takes more than a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.engagements.engagements import Engagement
    from bot.domain.updates.broadcasts import Broadcast
    from bot.domain.updates.updates import Update


class Action(StrEnum):
    """What can be done. Each needs a line in `RULES`; one without is denied to everybody."""

    GET_HELP = "get help"
    HEAR_OF_ACCOUNT = "hear that an account was linked to one"
    SEE_HOME = "see one's own page"
    LIST_UPDATES = "list the updates sent to oneself"
    READ_UPDATE = "read, answer and ask about an update"
    HEAR_ANSWER = "read the answer to a question"
    LOOK_AGAIN = "see a message of the bot as it is now"
    SHARE_UPDATE = "find an update and show it to others"
    SEE_JOURNEY = "see the journey and its goals"
    SEE_ROADMAP = "see the roadmap"
    ADD_ROADMAP_ITEM = "add a roadmap item"
    CHANGE_ROADMAP_ITEM = "change a roadmap item"
    SEE_DECISIONS = "see decisions and their reasons"
    RECORD_DECISION = "record a decision"
    CHANGE_DECISION = "correct a decision"
    FIND_COLLEAGUES = "search the people who work here"
    FIND_CUSTOMERS = "search all customers"
    SEE_CUSTOMER = "see a customer's page"
    CHECK_CUSTOMER = "mark a customer as checked"
    LOG_ENGAGEMENT = "log an engagement"
    ACT_FOR = "log and promise in an executive's name"
    SEE_ENGAGEMENTS = "see one's own engagements"
    SEE_ENGAGEMENTS_OF = "see somebody's engagements"
    CHANGE_ENGAGEMENT = "correct or delete an engagement"
    ANSWER_PROMPT = "see and answer a prompt"
    COMMIT = "make a commitment"
    LIST_COMMITMENTS = "list the commitments one may see"
    SEE_COMMITMENT = "see a commitment"
    HEAR_OF_COMMITMENT = "be reminded of a commitment"
    KEEP_COMMITMENT = "accept or complete a commitment"
    DECIDE_COMMITMENT = "agree to a date, withdraw, reopen or celebrate a commitment"
    HANDLE_COMMITMENT = "reassign a commitment or change its date"
    HEAR_OF_POST = "hear that a post in a channel failed"
    OPEN_DASHBOARD = "open the dashboard"
    SEE_FIGURES = "see the company's totals"
    SEE_FIGURES_OF = "see somebody's figures"
    OVERSEE = "see everybody's lists and departments' figures"
    SEE_REPORTS = "see the weekly report"
    READ_LETTER = "read the monthly letter"
    WRITE_UPDATES = "write updates and search recipients"
    CHANGE_UPDATE = "edit, aim, send, stop and recall an update"
    HEAR_OF_OUTAGE = "hear that a platform refuses the bot"
    SEND_NOW = "send at once what waits for somebody's working hours"
    HURRY_UPDATE = "send an update outside working hours"
    PREVIEW_UPDATE = "preview an update, and read the reasons given"
    SEE_BROADCAST = "see how an update's sending goes"
    APPROVE_UPDATE = "approve an update or send it back"
    SEE_REWORDED = "hear that words in one's name were changed"
    ANSWER_QUESTION = "see and answer a question"
    READ_API = "read figures and rows over the API"
    READ_API_NOTES = "read typed notes over the API"


@dataclass(frozen=True)
class Reading:
    """An update that somebody wants to read. `had`: it was sent to them; `meant`: it has gone out to such as they are now."""

    update: Update
    had: bool
    meant: bool


@dataclass(frozen=True)
class Asked:
    """A broadcast that waits for approval: `missing` is what it waits for, `seconds` the ids of those who may be its second person."""

    broadcast: Broadcast
    missing: tuple[str, ...]
    seconds: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Logged:
    """An engagement; `editable` while its own people may still correct it."""

    engagement: Engagement
    editable: bool
