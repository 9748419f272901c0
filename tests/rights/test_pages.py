"""Searches, pages and the API, as everybody."""

from __future__ import annotations

from itertools import product

import pytest

from bot.database import Database
from bot.domain.access import api_tokens, sign_ins
from bot.domain.rights import RULES, Action, token_may
from bot.web.api.endpoints import ENDPOINTS
from bot.web.dashboard import Dashboard
from bot.web.dashboard.site import PAGES
from bot.workflows.searches import SOURCES
from tests.conftest import NOW
from tests.rights.company import LOGGERS, ROLES, SECRETS, STAFF, Company

WRITERS = {"ada", "bruno", "cleo", "adam"}

SEARCHED = {
    "audience": WRITERS,
    "speakers": WRITERS,
    "colleagues": STAFF,
    "roadmap": STAFF,
    "customers": LOGGERS,
    "deciders": LOGGERS,
    "executives": LOGGERS,
    "updates": {"ada"},
}
"""Who finds something: Ada's update was sent to her alone."""


@pytest.mark.parametrize("source", SOURCES)
def test_a_search_finds_only_what_is_ones_own_to_find(company: Company, source: str) -> None:
    """Whoever may not is answered with nothing, whatever they type."""
    for actor, query in product(ROLES, ("", "X", "Secretcorp", "Ada")):
        found = company.world.application.dispatcher.find_options(company.world.sender(actor), source, query)
        assert not found or actor in SEARCHED[source], (actor, found)
        if query == "" and actor in SEARCHED[source]:
            assert found, actor


@pytest.mark.parametrize("actor", ROLES[:-1])
def test_a_page_shows_what_chat_shows(company: Company, actor: str) -> None:
    """Every page, with every choice in its address; a session of before doesn't help who has no right any more."""
    key, other = company.world.ids["ada"], company.world.ids["bruno"]
    people = [f"executives/{key}", f"executives/{other}", "executives/99999"]
    pages = [*PAGES, *people, f"customers/{company.things['customer']}", "customers/99999", "nothing"]
    choices: tuple[dict[str, str], ...] = ({}, {"person": str(key)}, {"person": "99999"}, {"department": "Service"})
    queries = [{**choice, **kept} for choice in choices for kept in ({}, {"export": "csv"})]
    for page, query in product(pages, queries):
        answer = shown(company, actor, page, query)
        assert (answer[0] == 401) == (actor not in LOGGERS), (page, answer[0])
        assert all(actor in who for mark, who in SECRETS.items() if mark in answer[1]), (page, query)
    if actor == "bruno":
        assert shown(company, actor, f"executives/{key}", {}) == shown(company, actor, "executives/99999", {})
        assert shown(company, actor, "", {"person": str(key)}) == shown(company, actor, "", {"person": "99999"})
        assert shown(company, actor, f"executives/{key}", {})[0] == 403


def shown(company: Company, actor: str, page: str, query: dict[str, str]) -> tuple[int, str]:
    """A page's status and text, to a browser signed in before."""
    database = company.trial
    cookie = company.cookies.get(actor)
    if cookie is None:
        with Database.session(database) as session:  # a transaction that is kept, as no trial is
            cookie = company.cookies[actor] = sign_ins.begin(session, company.world.ids[actor], NOW)
    answer = Dashboard(database, company.world.application.settings).shown(cookie, page, query)
    return answer.status, answer.html


def test_every_page_has_its_line() -> None:
    """None is there for whoever signs in."""
    assert all(action in RULES for action, _, _ in PAGES.values())


def test_the_api_is_for_tokens_alone(company: Company) -> None:
    """Every address asks for a right that no person has, and notes for a token that is for notes."""
    with company.trial.session() as session:
        plain, _ = api_tokens.make(session, "a", 1, NOW)
        notes, _ = api_tokens.make(session, "b", 1, NOW, notes=True)
        for endpoint in ENDPOINTS:
            assert token_may(plain, endpoint.action)
            assert not RULES[endpoint.action].who
        assert [token_may(one, Action.READ_API_NOTES) for one in (plain, notes)] == [False, True]
        assert not token_may(notes, Action.SEE_FIGURES)
