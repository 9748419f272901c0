"""The scorer, on a few lines whose figures can be counted by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.words.suggestions import SuggestedPromise, Suggestion
from tests.lines.__main__ import main
from tests.lines.corpus import Promise, Row
from tests.lines.filling import Filling, fill
from tests.lines.score import judge, missed, score, table

FRIDAY = date(2026, 11, 27)
ROW = Row(
    id="1",
    locale="en-GB",
    known=("Acme",),
    line="Acme yesterday with their CFO Jane Doe: slow. Promised a fix by Friday",
    customer="Acme",
    new=False,
    day=date(2026, 11, 24),
    contacts=("Jane Doe",),
    note=("slow",),
    promises=(Promise("me", "a fix", FRIDAY),),
    remark="all fields",
)
RIGHT = Filling("Acme", False, date(2026, 11, 24), ("CFO Jane Doe",), "Slow.", (Promise("me", "a fix", FRIDAY),))


def wrong(**changes: object) -> set[str]:
    """The fields that are wrong once the right filling is changed so."""
    return {name for name, right in judge(ROW, replace(RIGHT, **changes)).right.items() if not right}  # type: ignore[arg-type]


def test_what_is_right_is_right() -> None:
    """A title beside a name, and capitals in a note, change nothing."""
    assert wrong() == set()


def test_each_field_is_judged_by_itself() -> None:
    """A wrong or missing answer, and one too many, is wrong in its field only."""
    assert wrong(new=True) == wrong(customer="") == {"customer"}
    assert wrong(day=None) == wrong(day=date(2026, 11, 25)) == {"date"}
    assert wrong(contacts=()) == wrong(contacts=("Jane",)) == wrong(contacts=("Jane Doe", "Friday")) == {"people"}
    assert wrong(note="") == {"note"}
    assert wrong(promises=()) == wrong(promises=(Promise("me", "a fix", None),)) == {"commitments"}
    assert (
        wrong(promises=(Promise("Jane", "a fix", FRIDAY),)) == wrong(promises=(*RIGHT.promises, *RIGHT.promises)) == {"commitments"}
    )


def test_only_a_wrong_day_that_is_filled_in_is_silent() -> None:
    """A day the form asks for is missed, and misleads nobody; a day filled in where it must ask does."""
    assert not judge(ROW, replace(RIGHT, day=None)).silent
    assert judge(ROW, replace(RIGHT, day=date(2026, 11, 25))).silent
    assert judge(replace(ROW, day=None), RIGHT).silent


def test_figures_add_up() -> None:
    """Fields count where there is something to be right about; the table has a row for each language and one for all."""
    plain = replace(ROW, locale="de-DE", contacts=(), promises=(), note=())
    judged = [judge(ROW, RIGHT), judge(plain, replace(RIGHT, contacts=(), promises=(), customer=""))]
    total = score(judged)
    assert {name: (one.right, one.of) for name, one in total.fields.items()} == {
        "customer": (1, 2),
        "date": (2, 2),
        "people": (1, 1),
        "commitments": (1, 1),
        "note": (1, 1),
    }
    assert [line.split()[0] for line in table(judged)[1:]] == ["en", "de", "en+de", "all"]
    assert missed(judged)[1].split() == ["customer", "Acme", "←", "(asks)"]


def test_any_file_can_be_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file named is scored by the product's own reading, and what was missed of it is told; a bad one is refused."""
    path = tmp_path / "mine.tsv"
    path.write_text(
        "1\ten-GB\tAcme\tAcme yesterday: slow\tAcme\tno\t2026-11-24\t\tslow\t\tplain\n"
        "2\tde\tAcme\tAcme gestern: langsam\tGlobex\tyes\t2026-11-24\t\tlangsam\t\twrong on purpose\n",
        encoding="utf-8",
    )
    assert main(["24", str(path)], {}) == 0
    told = capsys.readouterr().out
    assert "2 lines" in told
    assert "Globex (new)  ←  Acme" in told
    assert "1 en-GB" not in told
    path.write_text("no\ttable\n", encoding="utf-8")
    assert main([str(path)], {}) == 2
    assert "mine.tsv, line 1" in capsys.readouterr().err


def test_a_model_without_an_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to set."""
    assert main([], {"MODEL": "tiny"}) == 2
    assert "UNDERSTANDING_ADDRESS" in capsys.readouterr().err


def test_a_model_helps_where_the_rules_let_it() -> None:
    """What it says of a row is scored as the form would have it."""
    suggestion = Suggestion("tiny", contacts=("Jane Doe",), promises=(SuggestedPromise("me", "a fix", "by Friday"),))
    judged = judge(ROW, fill(ROW, suggestion))
    assert judged.right["people"]
    assert judged.right["commitments"]
    assert judged.filling.promises == (Promise("me", "a fix", FRIDAY),)
