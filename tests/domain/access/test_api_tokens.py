"""Tokens for other programs: shown once, good for their days, and no longer once revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.database import Database
from bot.domain.access import api_tokens
from bot.domain.errors import NotFound, Refusal
from tests.conftest import NOW


def test_a_token_opens_until_its_end(database: Database) -> None:
    """The secret finds it, nothing else does; on the last instant it is over."""
    with database.session() as session:
        token, secret = api_tokens.make(session, " the  BI tool ", 30, NOW)
        assert secret.startswith(api_tokens.PREFIX)
        assert secret not in (token.token_hash, token.name)
        assert token.name == "the BI tool"
        last = NOW + timedelta(days=30)
        assert api_tokens.find(session, secret, last - timedelta(seconds=1)) is token
        assert api_tokens.find(session, secret, last) is None
        assert api_tokens.find(session, secret + "x", NOW) is None
        assert api_tokens.find(session, token.token_hash, NOW) is None


@pytest.mark.parametrize(("name", "days"), [("", 1), (" ", 1), ("x" * 81, 1), ("bi", 0), ("bi", 3_661)])
def test_what_can_be_no_token_is_refused(database: Database, name: str, days: int) -> None:
    """With nothing made."""
    with database.session() as session:
        with pytest.raises(Refusal):
            api_tokens.make(session, name, days, NOW)
        assert api_tokens.everyone(session) == []


def test_a_revoked_one_opens_nothing_and_keeps_its_name(database: Database) -> None:
    """Revoked once: a second time changes nothing."""
    with database.session() as session:
        _, secret = api_tokens.make(session, "bi", 30, NOW)
        api_tokens.revoke(session, "bi", NOW)
        assert api_tokens.revoke(session, "bi", NOW + timedelta(days=1)).revoked_at == NOW
        assert api_tokens.find(session, secret, NOW) is None
        with pytest.raises(Refusal):
            api_tokens.make(session, "bi", 30, NOW)
        with pytest.raises(NotFound):
            api_tokens.revoke(session, "no such", NOW)


def test_all_there_ever_were_the_newest_first(database: Database) -> None:
    """Those that are over as well."""
    with database.session() as session:
        for name in ("first", "second"):
            api_tokens.make(session, name, 1, NOW)
        api_tokens.revoke(session, "first", NOW)
        assert [one.name for one in api_tokens.everyone(session)] == ["second", "first"]
