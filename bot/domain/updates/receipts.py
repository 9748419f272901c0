"""Receipts and questions: what those who read an update answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, enum_column, locked
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound, Refusal
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.domain.updates.updates import Update

LIMIT = 1_000
"""Characters of a reason, a question or an answer."""


class Answer(StrEnum):
    """What a reader says: they know and can do it, or why they can't."""

    GOT_IT = "got_it"
    CANNOT = "cannot"


class Receipt(SQLModel, table=True):
    """One person's answer to one update, wherever and however often they pressed: the latest counts."""

    __tablename__ = "receipts"
    update_id: int = Field(foreign_key="updates.id", primary_key=True)
    person_id: int = Field(foreign_key="people.id", primary_key=True, index=True)
    answer: Answer = Field(sa_type=enum_column(Answer))
    note: str = ""
    at: datetime = Field(sa_type=UtcDateTime)

    person: Person = Relationship()


class Question(SQLModel, table=True):
    """A question about an update. `published` says that question and answer stand in the update itself, for everybody."""

    __tablename__ = "questions"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="updates.id", index=True)
    asker_id: int = Field(foreign_key="people.id", index=True)
    text: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = ""
    answered_by_id: int | None = Field(default=None, foreign_key="people.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published: bool = False

    update: Update = Relationship()
    asker: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Question.asker_id"})
    answered_by: Person | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Question.answered_by_id"})

    @property
    def key(self) -> int:
        """The id of a saved question."""
        if self.id is None:
            msg = "this question is not saved yet"
            raise ValueError(msg)
        return self.id

    def reply(self, answer: str, actor: Person, now: datetime, *, publish: bool) -> None:
        """Answer it, and perhaps put both into the update. Refusal, saying who, when somebody else was quicker."""
        self.require_answer(actor)
        if self.answered_at is not None:
            who = self.answered_by.name if self.answered_by else "Someone"
            msg = f"{who} has answered it already: “{self.answer}”"
            raise Refusal(msg, "Nothing was changed.")
        if problem := _problem(answer, "Write the answer."):
            raise InvalidAnswers({"answer": problem})
        if publish and self.update.recalled_at is not None:
            raise InvalidAnswers({"to": "This update was recalled: answer the one who asked."})
        self.answer, self.answered_by, self.answered_by_id, self.answered_at = answer.strip(), actor, actor.key, now
        self.published = publish
        if publish:
            self.update.touch()

    def require_answer(self, actor: Person) -> None:
        """NotAllowed for somebody who may not answer it."""
        if not self.may_answer(actor):
            msg = "Questions are answered by the CX office, the update's author and the one it speaks for"
            raise NotAllowed(msg)

    def may_answer(self, actor: Person) -> bool:
        """Who may answer it."""
        return may(actor, Action.ANSWER_QUESTION, self)


def _problem(text: str, when_empty: str) -> str:
    if not text.strip():
        return when_empty
    if len(text) > LIMIT:
        return f"That is {len(text):,} characters; {LIMIT:,} fit. Please shorten it."
    return ""


def give(session: Session, update: Update, person: Person, answer: Answer, now: datetime, note: str = "") -> None:
    """Record somebody's answer; a second one replaces the first."""
    if answer == Answer.CANNOT and (problem := _problem(note, "Say what keeps you from it: it is what we can help with.")):
        raise InvalidAnswers({"note": problem})
    values = {"answer": answer, "note": note.strip(), "at": now}
    row = insert(Receipt).values(update_id=update.key, person_id=person.key, **values)
    session.execute(row.on_conflict_do_update(index_elements=["update_id", "person_id"], set_=values))


def of(session: Session, update: Update, person: Person) -> Receipt | None:
    """What somebody answered; None while they haven't."""
    return session.get(Receipt, (update.key, person.key))


def ask(session: Session, update: Update, person: Person, text: str, now: datetime) -> Question:
    """Record a question."""
    if problem := _problem(text, "Write your question."):
        raise InvalidAnswers({"question": problem})
    question = Question(update_id=update.key, update=update, asker_id=person.key, asker=person, text=text.strip(), asked_at=now)
    session.add(question)
    session.flush()
    return question


def question_for(session: Session, question_id: int, actor: Person) -> Question:
    """The question with this id, locked, for somebody who may answer it; NotFound says the same of one that isn't there."""
    found = locked(session, Question, question_id)
    if found is None or not found.may_answer(actor):
        msg = "There is no such question, or it isn't yours to answer"
        raise NotFound(msg, "Questions are answered by the CX office, the update's author and the one it speaks for.")
    return found


def question(session: Session, question_id: int) -> Question:
    """The question with this id, locked until the transaction ends; NotFound when there is none."""
    found = locked(session, Question, question_id)
    if found is None:
        msg = "There is no such question"
        raise NotFound(msg)
    return found


def published(session: Session, update: Update) -> list[Question]:
    """The questions answered in the update itself, oldest first."""
    wanted = select(Question).where(Question.update_id == update.key, col(Question.published))
    return list(session.exec(wanted.order_by(col(Question.id))))


def every_question(session: Session, update: Update) -> list[Question]:
    """All questions about an update, oldest first."""
    return list(session.exec(select(Question).where(Question.update_id == update.key).order_by(col(Question.id))))


def unanswered(session: Session, update: Update | None = None, limit: int | None = None) -> list[Question]:
    """Those waiting for an answer, of one update or all, oldest first; `limit` of them."""
    wanted = select(Question).where(col(Question.answered_at).is_(None))
    if update is not None:
        wanted = wanted.where(Question.update_id == update.key)
    return list(session.exec(wanted.order_by(col(Question.id)).limit(limit)))
