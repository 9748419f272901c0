"""Receipts and questions: one answer a person, and one answer a question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.domain.errors import InvalidAnswers, NotAllowed, Refusal
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.updates import receipts, updates
from bot.domain.updates.receipts import LIMIT, Answer
from bot.domain.updates.updates import Update, UpdateDraft, Wording
from bot.measures import told
from tests.conftest import NOW, World


def person(world: World, session: Session, name: str) -> Person:
    """Somebody, in this session."""
    return people.get(session, world.ids[name])


def written(world: World, session: Session) -> Update:
    """An update of Cleo's in Ada's name."""
    wording = Wording("en", "The night line", "One number.", "Give it to everyone.")
    return updates.write(session, UpdateDraft(wording, person(world, session, "ada")), person(world, session, "cleo"), NOW)


def test_the_latest_answer_counts(world: World) -> None:
    """However often and wherever somebody presses, they have one answer."""
    with world.database.session() as session:
        update, emil, ada = written(world, session), person(world, session, "emil"), person(world, session, "ada")
        receipts.give(session, update, emil, Answer.CANNOT, NOW, "No key")
        receipts.give(session, update, emil, Answer.GOT_IT, NOW + timedelta(minutes=1))
        receipts.give(session, update, ada, Answer.GOT_IT, NOW)
        became = told.each(session, [update.key])[update.key]
        assert (became.got_it, became.cannot, became.others_got_it) == (0, 0, 2), "two read it, and it has reached nobody"
        given = receipts.of(session, update, emil)
        assert given is not None
        assert given.note == "", "the reason went with the answer it belonged to"


@pytest.mark.parametrize("note", ["", "  \n", "x" * (LIMIT + 1)])
def test_a_reason_is_given_and_fits(world: World, note: str) -> None:
    """None, or too long a one, is told at its field."""
    with world.database.session() as session, pytest.raises(InvalidAnswers) as caught:
        receipts.give(session, written(world, session), person(world, session, "emil"), Answer.CANNOT, NOW, note)
    assert set(caught.value.fields) == {"note"}


@pytest.mark.parametrize("text", ["", " ", "x" * (LIMIT + 1)])
def test_a_question_is_asked_and_fits(world: World, text: str) -> None:
    """None, or too long a one, is told at its field."""
    with world.database.session() as session, pytest.raises(InvalidAnswers) as caught:
        receipts.ask(session, written(world, session), person(world, session, "emil"), text, NOW)
    assert set(caught.value.fields) == {"question"}


def test_who_answers_and_who_was_quicker(world: World) -> None:
    """The author, the CX office, the speaker and her delegates; the second is told what the first said."""
    with world.database.session() as session:
        update = written(world, session)
        asked = receipts.ask(session, update, person(world, session, "emil"), "From when?", NOW)
        assert [asked.may_answer(person(world, session, name)) for name in ("cleo", "ada", "dele", "bruno", "emil")] == [
            *(True, True, True),
            *(False, False),
        ]
        with pytest.raises(NotAllowed):
            asked.reply("Now", person(world, session, "bruno"), NOW, publish=False)
        version = update.version
        asked.reply("From Monday.", person(world, session, "dele"), NOW, publish=True)
        assert update.version == version + 1, "every copy shows it"
        with pytest.raises(Refusal, match=r"Dele Okoro has answered it already: “From Monday\."):
            asked.reply("From Tuesday.", person(world, session, "cleo"), NOW, publish=False)
        assert [one.answer for one in receipts.published(session, update)] == ["From Monday."]
        assert receipts.unanswered(session) == []


def test_how_long_half_of_the_questions_waited(world: World) -> None:
    """The median of those answered; unknown while none is."""
    with world.database.session() as session:
        update, emil, cleo = written(world, session), person(world, session, "emil"), person(world, session, "cleo")
        asked = [receipts.ask(session, update, emil, f"Question {number}", NOW) for number in range(4)]
        assert told.half_within(session, update.key) is None
        for one, hours in zip(asked, (1, 100, 5), strict=False):
            one.reply("So.", cleo, NOW + timedelta(hours=hours), publish=False)
        session.flush()
        assert told.half_within(session, update.key) == timedelta(hours=5)
        assert (told.each(session, [update.key])[update.key].questions, len(receipts.unanswered(session, update))) == (4, 1)
