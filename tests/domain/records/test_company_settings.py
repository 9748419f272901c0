"""Whose database it is, and by which settings its processes go."""

from __future__ import annotations

import re

import pytest
from structlog.testing import capture_logs

from bot.database import Database
from bot.domain.records import company_settings
from bot.domain.records.company_settings import AnotherCompany
from bot.process import worker
from bot.settings import Settings, parse
from tests.conftest import NOW, World
from tests.places import COMPANY

TEXT = COMPANY.read_text(encoding="utf-8")


def company(name: str = "Firm", *, sample: bool = False, visits: int = 2, port: int = 8080, stage: str = "") -> Settings:
    """The tests' company, changed in one place."""
    text = TEXT.replace("visits: 2", f"visits: {visits}") + f"web: {{port: {port}}}\n"
    text = re.sub(r"name: Firm\b", f"name: {name}{chr(10) + '  sample: true' if sample else ''}", text, count=1)
    return parse(re.sub(r"- key: \w+", f"- key: {stage}", text, count=1) if stage else text)


def taken(database: Database, settings: Settings) -> list[str]:
    """What changed when a process starts with these settings."""
    with database.session() as session:
        return company_settings.take_up(session, settings, NOW)


def test_the_same_file_changes_nothing(database: Database) -> None:
    """Nor does another port, which is each process's own."""
    assert taken(database, company()) == []
    assert taken(database, company()) == []
    assert taken(database, company(port=9090)) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (company("Globex"), "This database is that of Firm, and app.yaml is for Globex"),
        (company(sample=True), "app.yaml is for the sample company"),
    ],
)
def test_another_companys_file_is_refused(database: Database, other: Settings, words: str) -> None:
    """With what to do; nothing is changed."""
    taken(database, company())
    with pytest.raises(AnotherCompany, match=words):
        taken(database, other)
    assert taken(database, company("  FIRM ")) == ["company"]


def test_the_samples_data_is_no_companys_own(database: Database) -> None:
    """Whoever goes on from the sample company to their own needs a database of their own: made-up people would be asked and counted."""
    taken(database, company(sample=True))
    with pytest.raises(AnotherCompany, match="that of the sample company, Firm"):
        taken(database, company())


def test_a_company_may_be_renamed(database: Database) -> None:
    """Said on purpose; the sample can't become one."""
    taken(database, company())
    with database.session() as session:
        company_settings.rename(session, company("Firm Group"), NOW)
    assert taken(database, company("Firm Group")) == []
    with pytest.raises(AnotherCompany), database.session() as session:
        company_settings.rename(session, company("Firm Group", sample=True), NOW)


def test_a_newer_file_says_what_changed(database: Database) -> None:
    """By section; and which keys are gone that records may refer to."""
    taken(database, company())
    with database.session() as session:
        assert company_settings.gone(session, company(stage="elsewhere"))[0].startswith("stage ")
    assert taken(database, company(visits=3)) == ["pledges"]


def test_those_with_the_old_file_are_told_to_restart(world: World) -> None:
    """Each process that is running notices, and its log says so once a change."""
    database = world.database
    taken(database, world.application.settings)
    with capture_logs() as logs:
        told = worker._keep_up(world.application, None)
        assert told is None
        newer = world.application.settings.model_copy(
            update={"prompts": world.application.settings.prompts.model_copy(update={"remind_after": 5})}
        )
        taken(database, newer)
        for _ in range(3):
            told = worker._keep_up(world.application, told)
    assert [one["event"] for one in logs] == ["other settings are in force"]
