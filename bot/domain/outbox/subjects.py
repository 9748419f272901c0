"""What a message is about: the subject of a delivery, or of a post in a channel. With the subject's id it says what is shown."""

from enum import StrEnum
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Subject(StrEnum):
    """What a message is about, as it is kept in the database; its id is that of the thing named here, or of a day (`date.toordinal`).

    PROMPT, COMMITMENT, QUESTION (to whom it is put, and in a channel), ANSWER (to who asked, and below the question in a channel), UPDATE
    and REMINDER (an update's copies in a broadcast), UPDATE_TEST, REWORDED (words that changed in a speaker's name), BROADCAST (how one
    goes, for who sends it), APPROVAL (the broadcast that waits for it), POST (a channel post that isn't there), OUTAGE, ACCOUNT_LINKED (the new
    account), CELEBRATION (a commitment, in a channel). Of a day: AGENDA (the list of commitments), DIGEST, WEEKLY_REPORT, MONTHLY_LETTER.
    """

    PROMPT = "prompt"
    COMMITMENT = "commitment"
    AGENDA = "agenda"
    CELEBRATION = "celebration"
    UPDATE = "update"
    REMINDER = "reminder"
    UPDATE_TEST = "update_test"
    REWORDED = "reworded"
    BROADCAST = "broadcast"
    APPROVAL = "approval"
    QUESTION = "question"
    ANSWER = "answer"
    DIGEST = "digest"
    WEEKLY_REPORT = "weekly_report"
    MONTHLY_LETTER = "monthly_letter"
    POST = "post"
    OUTAGE = "outage"
    ACCOUNT_LINKED = "account_linked"

    @classmethod
    def known(cls, text: str) -> Self | None:
        """The subject of this name; None for one this version doesn't know, as in a job that another one made."""
        return cls(text) if text in {one.value for one in cls} else None


class SubjectColumn(TypeDecorator[Subject]):
    """A text column that holds a subject."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's signature
        """Its name."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Subject | None:  # noqa: ARG002 - the base's signature
        """The subject of that name."""
        return None if value is None else Subject(value)
