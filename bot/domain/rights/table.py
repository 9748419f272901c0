"""The table: for each action, who and of which things. What has no line here may nobody do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.people.people import Person, Role
from bot.domain.rights import rules
from bot.domain.rights.actions import Action
from bot.domain.rights.rules import LOGGERS, NOBODY, OFFICE, STAFF, WRITERS


@dataclass(frozen=True)
class Rule:
    """One line: who (by role), and of which things when it is about one; `says` is the second in words.

    `guests` lets guests in; nobody else's role does. `programs` lets an API token in: "any", or "notes" for one made for notes.
    `alone`: a delegate's role is enough, with no executive they act for; what they do needs one, and is refused with what they typed.
    """

    who: frozenset[Role]
    of: Callable[[Person, Any], bool] | None = None
    says: str = ""
    guests: bool = False
    programs: str = ""
    alone: bool = False


_ALL = "the CX office and administrators: all"
_AUTHOR = f"those they wrote; {_ALL}"
_CONCERNED = f"those in their own or their executive's name, and {_AUTHOR}"
_OWN = f"their own and their executive's; {_ALL}"

RULES: Mapping[Action, Rule] = {
    Action.GET_HELP: Rule(STAFF, guests=True),
    Action.HEAR_OF_ACCOUNT: Rule(STAFF, guests=True),
    Action.SEE_HOME: Rule(STAFF, guests=True),
    Action.LIST_UPDATES: Rule(STAFF, guests=True),
    Action.READ_UPDATE: Rule(
        STAFF,
        rules.reads,
        f"those sent to them, or to people like them; {_CONCERNED}; guests: those sent to them as guests",
        guests=True,
    ),
    Action.HEAR_ANSWER: Rule(STAFF, rules.asked_it, "the questions they asked", guests=True),
    Action.LOOK_AGAIN: Rule(
        STAFF, rules.has_it, "messages sent to them, as far as they may still see what is in them", guests=True
    ),
    Action.SHARE_UPDATE: Rule(STAFF, rules.reads, "those they may read"),
    Action.SEE_JOURNEY: Rule(STAFF),
    Action.SEE_ROADMAP: Rule(STAFF),
    Action.ADD_ROADMAP_ITEM: Rule(WRITERS),
    Action.CHANGE_ROADMAP_ITEM: Rule(STAFF, rules.changes_item, _OWN),
    Action.SEE_DECISIONS: Rule(STAFF),
    Action.RECORD_DECISION: Rule(LOGGERS),
    Action.CHANGE_DECISION: Rule(LOGGERS, rules.changes_decision, f"those they recorded; {_OWN}"),
    Action.FIND_COLLEAGUES: Rule(STAFF),
    Action.FIND_CUSTOMERS: Rule(LOGGERS),
    Action.SEE_CUSTOMER: Rule(
        STAFF, rules.sees_customer, "those they own; executives, their delegates, the CX office and administrators: all"
    ),
    Action.CHECK_CUSTOMER: Rule(OFFICE),
    Action.LOG_ENGAGEMENT: Rule(LOGGERS, alone=True),
    Action.ACT_FOR: Rule(LOGGERS, rules.represents, f"themselves as executive, and the executives they act for; {_ALL}"),
    Action.SEE_ENGAGEMENTS: Rule(LOGGERS),
    Action.SEE_ENGAGEMENTS_OF: Rule(LOGGERS, rules.owns, _OWN),
    Action.CHANGE_ENGAGEMENT: Rule(
        STAFF, rules.corrects, f"those they logged, their own and their executive's, for the days app.yaml allows; {_ALL}, always"
    ),
    Action.ANSWER_PROMPT: Rule(LOGGERS, rules.prompted, _OWN),
    Action.COMMIT: Rule(LOGGERS, alone=True),
    Action.LIST_COMMITMENTS: Rule(STAFF),
    Action.SEE_COMMITMENT: Rule(STAFF, rules.sees, f"those they own, owned before or promised, and their executive's; {_ALL}"),
    Action.HEAR_OF_COMMITMENT: Rule(STAFF, rules.hears_of, "those they may see, and those of the people who report to them"),
    Action.KEEP_COMMITMENT: Rule(STAFF, rules.keeps, f"those they own, and their executive's; {_ALL}"),
    Action.DECIDE_COMMITMENT: Rule(STAFF, rules.decides, f"those they promised, and their executive's; {_ALL}"),
    Action.HANDLE_COMMITMENT: Rule(STAFF, rules.handles, f"those they own or promised, and their executive's; {_ALL}"),
    Action.HEAR_OF_POST: Rule(STAFF, rules.requested, "those they asked for"),
    Action.OPEN_DASHBOARD: Rule(LOGGERS),
    Action.SEE_FIGURES: Rule(LOGGERS),
    Action.SEE_FIGURES_OF: Rule(LOGGERS, rules.owns, _OWN),
    Action.OVERSEE: Rule(OFFICE),
    Action.SEE_REPORTS: Rule(OFFICE),
    Action.READ_LETTER: Rule(WRITERS),
    Action.WRITE_UPDATES: Rule(WRITERS),
    Action.CHANGE_UPDATE: Rule(WRITERS, rules.changes_update, _AUTHOR),
    Action.HEAR_OF_OUTAGE: Rule(OFFICE),
    Action.SEND_NOW: Rule(STAFF, rules.requested, "what they caused themselves"),
    Action.HURRY_UPDATE: Rule(OFFICE),
    Action.PREVIEW_UPDATE: Rule(LOGGERS, rules.concerns, _CONCERNED),
    Action.SEE_BROADCAST: Rule(LOGGERS, rules.follows, f"{_CONCERNED}; those whose present words they approved"),
    Action.APPROVE_UPDATE: Rule(
        STAFF, rules.approves, "those that wait for them: for the speaker or their delegates, or for the second person asked"
    ),
    Action.SEE_REWORDED: Rule(LOGGERS, rules.speaks, "those in their own or their executive's name"),
    Action.ANSWER_QUESTION: Rule(
        STAFF, rules.answers, f"those about updates in their own or their executive's name, and {_AUTHOR}"
    ),
    Action.READ_API: Rule(NOBODY, programs="any"),
    Action.READ_API_NOTES: Rule(NOBODY, programs="notes"),
}
"""Who may do what. The default is no."""
