"""Updates: what they may say, in whose name, in which language; and the way of a broadcast."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.domain.errors import InvalidAnswers, NotAllowed, Refusal
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import Broadcast, BroadcastState, When
from bot.domain.updates.updates import LIMIT, Update, UpdateDraft, Wording
from tests.conftest import NOW, World

WORDING = Wording("en", "The night line", "One number.", "Give it to everyone.")


def person(world: World, session: Session, name: str) -> Person:
    """Somebody, in this session."""
    return people.get(session, world.ids[name])


def written(world: World, session: Session, author: str = "cleo", **more: Any) -> Update:
    """An update in Ada's name."""
    draft = replace(UpdateDraft(WORDING, person(world, session, "ada")), **more)
    return updates.write(session, draft, person(world, session, author), NOW)


def waiting(world: World, session: Session, author: str = "cleo", size: int = 1, **when: Any) -> Broadcast:
    """A broadcast that was asked for."""
    broadcast = broadcasts.new(session, written(world, session, author))
    actor = person(world, session, author)
    broadcast.aim(Audience(who=("everyone",)), actor)
    broadcast.ask(actor, size, when.pop("when", When.NOW), NOW, **when)
    return broadcast


@pytest.mark.parametrize("part", ["changed", "means", "may", "behaviour"])
def test_a_part_has_room_for_1200_characters(world: World, part: str) -> None:
    """One more is refused at its field, with the number."""
    with world.database.session() as session:
        written(world, session, wording=replace(WORDING, **{part: "x" * LIMIT}))
        with pytest.raises(InvalidAnswers) as caught:
            written(world, session, wording=replace(WORDING, **{part: "x" * (LIMIT + 1)}))
        assert set(caught.value.fields) == {part}
        assert "1,201" in caught.value.fields[part]


@pytest.mark.parametrize("name", ["link", "picture"])
@pytest.mark.parametrize(
    "value",
    [
        "http://firm.example",
        "javascript:alert(1)",
        "HTTPS//firm.example",
        "https://firm.example/a b",
        "https://firm.example/<x>",
        'https://firm.example/"',
        "ftp://firm.example",
        "https://" + "x" * 1200,
        "https://",
        "https:///path",
        "https://[::1",
        "https://firm.example/a\tb",
        "https://firm.example/a\u00a0b",
    ],
)
def test_an_address_is_https_or_none(world: World, name: str, value: str) -> None:
    """Anything else is refused at its field."""
    with world.database.session() as session, pytest.raises(InvalidAnswers) as caught:
        written(world, session, **{name: value})
    assert set(caught.value.fields) == {name}


def test_the_speaker_is_an_executive_who_is_here(world: World) -> None:
    """Not an employee, and not somebody who has left."""
    with world.database.session() as session:
        with pytest.raises(InvalidAnswers):
            written(world, session, speaker=person(world, session, "emil"))
        person(world, session, "ada").active = False
        with pytest.raises(InvalidAnswers):
            written(world, session)


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("de-DE", "Deutsch"),
        ("de_AT", "Deutsch"),
        ("DE", "Deutsch"),
        ("pt-BR", "Brasil"),
        ("pt-PT", "Brasil"),
        ("fr", "The night line"),
        ("", "The night line"),
    ],
)
def test_what_somebody_reads(world: World, locale: str, title: str) -> None:
    """Their language and country, else their language, else the first one."""
    with world.database.session() as session:
        update, cleo = written(world, session), person(world, session, "cleo")
        for language, one in (("de", "Deutsch"), ("pt-BR", "Brasil")):
            update.say(replace(WORDING, locale=language, title=one), cleo)
        assert update.text_for(locale).title == title


def agreed(update: Update) -> bool:
    """Whether its speaker stands behind it now."""
    return update.agreed


def test_agreement_is_to_the_words_as_they_are(world: World) -> None:
    """Changed words are agreed to anew, unless the speaker changed them; a question answered changes nothing in that."""
    with world.database.session() as session:
        update, ada, cleo = written(world, session), person(world, session, "ada"), person(world, session, "cleo")
        assert not agreed(update)
        with pytest.raises(NotAllowed):
            update.agree(cleo)
        update.agree(person(world, session, "dele"))
        update.touch()
        assert agreed(update)
        update.say(replace(WORDING, may="Anything."), cleo)
        assert not agreed(update)
        update.agree(ada)
        update.recall(cleo, NOW)
        with pytest.raises(Refusal):
            update.say(WORDING, cleo)


def test_who_changes_an_update(world: World) -> None:
    """Its author and the CX office; not even the one it speaks for."""
    with world.database.session() as session:
        update = written(world, session)
        for name in ("ada", "emil", "bruno"):
            with pytest.raises(NotAllowed):
                update.say(WORDING, person(world, session, name))


def test_a_second_person_for_many(world: World) -> None:
    """Neither who wrote it nor an employee; the CX office or an executive; and only for the words they read."""
    with world.database.session() as session:
        broadcast, settings = waiting(world, session, size=1_000), world.application.settings
        assert broadcast.missing(settings) == ("speaker", "second")
        for name in ("cleo", "emil"):
            with pytest.raises(NotAllowed):
                broadcast.approve(person(world, session, name))
        broadcast.update.agree(person(world, session, "ada"))
        broadcast.approve(person(world, session, "ada"))
        assert broadcast.missing(settings) == ()
        broadcast.update.say(replace(WORDING, may="Anything."), person(world, session, "cleo"))
        assert broadcast.missing(settings) == ("speaker", "second")
        assert not broadcast.go(settings)


def test_it_starts_once_and_not_before_its_time(world: World) -> None:
    """A timer set for an earlier time than it has now starts nothing."""
    with world.database.session() as session:
        broadcast = waiting(world, session, author="ada", when=When.AT, at=NOW + timedelta(hours=2))
        assert broadcast.go(world.application.settings)
        assert not broadcast.is_due(NOW + timedelta(hours=1))
        assert broadcast.is_due(NOW + timedelta(hours=2))
        assert broadcast.start(1, world.application.settings, NOW + timedelta(hours=2))
        assert not broadcast.is_due(NOW + timedelta(hours=2))
        broadcast.finish(NOW)
        assert broadcast.state == BroadcastState.DONE


@pytest.mark.parametrize(
    ("when", "at", "day", "field"),
    [
        (When.AT, None, None, "at"),
        (When.AT, NOW - timedelta(minutes=1), None, "at"),
        (When.MORNING, None, None, "day"),
        (When.MORNING, None, date(2026, 11, 24), "day"),
    ],
)
def test_a_time_that_is_past(world: World, when: When, at: Any, day: Any, field: str) -> None:
    """It is told at its field."""
    with world.database.session() as session, pytest.raises(InvalidAnswers) as caught:
        waiting(world, session, when=when, at=at, day=day)
    assert set(caught.value.fields) == {field}


def test_nobody_to_send_it_to(world: World) -> None:
    """An audience of nobody is refused when it is asked for, too."""
    with world.database.session() as session, pytest.raises(InvalidAnswers):
        waiting(world, session, size=0)


def test_what_is_over_stays_over(world: World) -> None:
    """Cancelled, it is neither approved, paused, resumed nor sent back."""
    with world.database.session() as session:
        broadcast, cleo, ada = waiting(world, session), person(world, session, "cleo"), person(world, session, "ada")
        broadcast.cancel(cleo)
        for change in (broadcast.pause, broadcast.resume, broadcast.cancel):
            with pytest.raises(Refusal):
                change(cleo)
        with pytest.raises(Refusal):
            broadcast.approve(ada)
        with pytest.raises(Refusal):
            broadcast.send_back("Shorter, please", ada)
        assert not broadcast.go(world.application.settings)
