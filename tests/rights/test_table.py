"""The table itself, written down a second time as roles: a new line needs its people here, too."""

from __future__ import annotations

import pytest

from bot.domain.people import people
from bot.domain.rights import RULES, Action, may, may_ever, unknown
from tests.rights.company import ADAS, LOGGERS, ROLES, STAFF, Company

OFFICE = {"cleo", "adam"}
WRITERS = OFFICE | {"ada", "bruno"}
EVERYBODY = STAFF | {"gus", "rex"}

AT_ALL = {
    **dict.fromkeys(
        (Action.GET_HELP, Action.HEAR_OF_ACCOUNT, Action.SEE_HOME, Action.LIST_UPDATES, Action.READ_UPDATE, Action.HEAR_ANSWER),
        EVERYBODY,
    ),
    Action.LOOK_AGAIN: EVERYBODY,
    **dict.fromkeys((Action.SHARE_UPDATE, Action.SEE_JOURNEY, Action.SEE_ROADMAP, Action.SEE_DECISIONS), STAFF),
    **dict.fromkeys((Action.FIND_COLLEAGUES, Action.SEE_CUSTOMER, Action.LIST_COMMITMENTS, Action.SEE_COMMITMENT), STAFF),
    **dict.fromkeys((Action.HEAR_OF_COMMITMENT, Action.KEEP_COMMITMENT, Action.DECIDE_COMMITMENT), STAFF),
    **dict.fromkeys((Action.HANDLE_COMMITMENT, Action.HEAR_OF_POST, Action.SEND_NOW, Action.CHANGE_ENGAGEMENT), STAFF),
    **dict.fromkeys((Action.APPROVE_UPDATE, Action.ANSWER_QUESTION, Action.CHANGE_ROADMAP_ITEM), STAFF),
    **dict.fromkeys((Action.LOG_ENGAGEMENT, Action.COMMIT), LOGGERS | {"dora"}),
    **dict.fromkeys((Action.FIND_CUSTOMERS, Action.ACT_FOR, Action.SEE_ENGAGEMENTS, Action.SEE_ENGAGEMENTS_OF), LOGGERS),
    **dict.fromkeys((Action.RECORD_DECISION, Action.CHANGE_DECISION, Action.ANSWER_PROMPT, Action.OPEN_DASHBOARD), LOGGERS),
    **dict.fromkeys((Action.SEE_FIGURES, Action.SEE_FIGURES_OF, Action.PREVIEW_UPDATE, Action.SEE_BROADCAST), LOGGERS),
    Action.SEE_REWORDED: LOGGERS,
    **dict.fromkeys((Action.ADD_ROADMAP_ITEM, Action.READ_LETTER, Action.WRITE_UPDATES, Action.CHANGE_UPDATE), WRITERS),
    **dict.fromkeys(
        (Action.CHECK_CUSTOMER, Action.OVERSEE, Action.SEE_REPORTS, Action.HURRY_UPDATE, Action.HEAR_OF_OUTAGE), OFFICE
    ),
    Action.READ_API: set[str](),
    Action.READ_API_NOTES: set[str](),
}
"""Who may do it, to something at least."""


@pytest.mark.parametrize("action", list(Action))
def test_who_may_at_all(company: Company, action: Action) -> None:
    """As it is written here; a guest with every role is a guest, and a leaver with every role nobody."""
    with company.trial.session() as session:
        known = {one: people.by_email(session, f"{one}@firm.example") for one in ROLES if "@" not in one}
        assert {name for name, one in known.items() if one and may_ever(one, action)} == AT_ALL[action]


def test_every_action_has_its_line() -> None:
    """None is left out, in the code or here."""
    assert unknown(Action) == []
    assert set(AT_ALL) == set(RULES)


def test_what_has_no_line_or_no_thing_is_denied(company: Company) -> None:
    """To the CX office and an administrator, too: nothing, something made up, and a thing that was forgotten."""
    with company.trial.session() as session:
        for name in ("cleo", "adam", "ada"):
            person = people.get(session, company.world.ids[name])
            assert not may(person, None)
            assert not may(person, "fly")  # type: ignore[arg-type]  # no action
            assert not may_ever(person, "fly")  # type: ignore[arg-type]
            for action, rule in RULES.items():
                if rule.of is not None:
                    assert not may(person, action), action
                else:
                    assert not may(person, action, person), action


def test_who_acts_for_ada(company: Company) -> None:
    """Herself, her delegate, and the CX office; no row without the role, and nobody once she is no executive."""
    with company.trial.session() as session:
        ada = people.get(session, company.world.ids["ada"])
        known = [people.get(session, key) for key in company.world.ids.values()]
        assert {one.email.partition("@")[0] for one in known if may(one, Action.ACT_FOR, ada)} == ADAS
        changes: tuple[dict[str, object], ...] = ({"roles": []}, {"active": False}, {"guest": True})
        for change in changes:
            was = {name: getattr(ada, name) for name in change}
            for name, value in change.items():
                setattr(ada, name, value)
            assert not [one for one in known if may(one, Action.ACT_FOR, ada)]
            assert not may(people.get(session, company.world.ids["dele"]), Action.FIND_CUSTOMERS)
            for name, value in was.items():
                setattr(ada, name, value)
