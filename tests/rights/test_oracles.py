"""What one may not see is answered like what doesn't exist: by name and by number."""

from __future__ import annotations

import pytest

from tests.conftest import words
from tests.rights.company import Company

ABSENT = "99999"


@pytest.mark.parametrize(
    ("actor", "command", "theirs", "nobodys"),
    [
        ("emil", "customer", "Secretcorp", "Nowhereinc"),
        ("rowan", "customer", "Secretcorp", "Nowhereinc"),
        ("emil", "commitments", "Secretcorp", "Nowhereinc"),
        ("emil", "commitments", "Ada Xname", "Zoe Yother"),
        ("bruno", "commitments", "Ada Xname", "Zoe Yother"),
        ("bruno", "engagements", "Ada Xname", "Zoe Yother"),
        ("bruno", "participation", "Ada Xname", "Zoe Yother"),
        ("dele", "participation", "Bruno Xname", "Zoe Yother"),
        ("bruno", "update", "stats XDRAFT", "stats XNOTHING"),
        ("bruno", "update", "stats XUPDATE", "stats XNOTHING"),
    ],
)
def test_a_name_tells_nothing(company: Company, actor: str, command: str, theirs: str, nobodys: str) -> None:
    """The two answers differ by what was typed, and by nothing else."""
    first, second = (words(company.attempt(actor, command, one)) for one in (theirs, nobodys))
    assert first.replace(theirs.removeprefix("stats "), "…") == second.replace(nobodys.removeprefix("stats "), "…")


@pytest.mark.parametrize(
    ("actor", "command", "arg", "thing"),
    [
        *(("emil", one, "customer", "customer") for one in ("customer", "share-customer")),
        *(("bruno", one, "engagement", "engagement") for one in ("edit-engagement", "delete-engagement")),
        *(("emil", one, "engagement", "engagement") for one in ("edit-engagement", "delete-engagement")),
        *(("bruno", one, "commitment", "commitment") for one in ("show-commitment", "accept-commitment", "complete-commitment")),
        *(("bruno", one, "prompt", "prompt") for one in ("nothing-to-log", "remind-tomorrow", "out-until")),
        *(("bruno", one, "question", "question") for one in ("answer-question",)),
        *(
            ("bruno", one, "broadcast", thing)
            for one in ("update", "edit-update", "send-update", "recall-update", "agree-update", "send-back-update", "show-approval")
            for thing in ("draft", "waiting", "sent")
        ),
        *(
            (actor, one, "update", thing)
            for actor in ("bruno", "emil", "gus")
            for one in ("got-it", "cannot", "ask", "updates", "share-update", "preview-update")
            for thing in ("draft_update", "sent_update")
        ),
    ],
)  # fmt: skip
def test_a_number_tells_nothing(company: Company, actor: str, command: str, arg: str, thing: str) -> None:
    """The same answer, word for word, for Ada's and for none."""
    hers, none = ({arg: one, "version": "0.1"} for one in (str(company.things[thing]), ABSENT))
    assert words(company.attempt(actor, command, args=hers)) == words(company.attempt(actor, command, args=none))
    if command == "update":
        return  # a filled form of it writes a new one, whatever its button was about
    assert words(company.attempt(actor, command, args=hers, fill=True)) == words(
        company.attempt(actor, command, args=none, fill=True)
    )
