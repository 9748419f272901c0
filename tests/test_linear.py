"""Nobody's text holds up everybody: whatever reads it takes ten times as long for ten times as much, and no more."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.cards import Card, Form, Quote, Text, TextField
from bot.commands import read_command
from bot.domain.promises import celebrations
from bot.domain.words import matching
from bot.domain.words.line import people_words
from bot.domain.words.matching import Candidate, best, decide
from bot.domain.words.promise_words import understand_promise
from bot.domain.words.typed_dates import find_date, find_dates
from bot.domain.words.typed_text import plain
from bot.domain.words.understanding import understand_engagement
from bot.platforms.console.html import render_card as on_the_console
from bot.platforms.console.text import render_text
from bot.platforms.slack import bodies
from bot.platforms.slack.blocks import render_card as on_slack
from bot.platforms.slack.offers import Again, offer
from bot.platforms.slack.shortcuts import excerpt
from bot.platforms.slack.text import cut, label, mentioned, split, unwrap
from bot.platforms.teams import text as teams
from bot.platforms.teams.adaptive import render_card as on_teams
from bot.platforms.teams.markup import plain as words_of
from bot.settings import channel_named
from bot.web.bodies import Unreadable
from bot.workflows import participation, promised_lines
from bot.workflows import updates as workflow

TODAY = date(2026, 11, 25)
CUSTOMERS = [Candidate(1, "Acme Corp", ("Acme",)), Candidate(2, "Contoso - Europe"), Candidate(3, "Ünited Ärzte")]
PEOPLE = [Candidate(1, "Ada Lovell"), Candidate(2, "Bruno Kraus")]
MENTIONS: list[dict[str, Any]] = [
    {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": name, "name": name}} for name in ("Bot", "Ada")
]


def body(raw: str) -> None:
    """Read a body that Slack signed, which may be anything."""
    try:
        bodies.read(raw.encode("utf-8", "replace"))
    except Unreadable:
        return


def card(typed: str) -> Card:
    """A card that gives back what was typed."""
    return Card(title=typed, blocks=(Text(text=typed), Quote(text=typed)))


def form(typed: str) -> Form:
    """A form with what was typed."""
    return Form(title="Log a visit", command="logvisit", fields=(TextField(name="heard", label="Heard", value=typed),))


READERS: dict[str, Callable[[str], object]] = {
    "Teams text": lambda typed: teams.typed(typed, MENTIONS, "Bot"),
    "Teams message": words_of,
    "Teams line": teams.line,
    "Slack text": unwrap,
    "Slack mentions": mentioned,
    "Slack body": body,
    "Slack form body": lambda typed: body(f"command=%2Fhelp&user_id=U&channel_id=C&trigger_id=t&text={typed}"),
    "Slack payload": lambda typed: body(f"payload={typed}"),
    "Slack pieces": lambda typed: split(typed, 3_000),
    "Slack cut": lambda typed: cut(typed, 3_000),
    "Slack label": lambda typed: label(typed, 75),
    "Slack excerpt": excerpt,
    "card on Slack": lambda typed: on_slack(card(typed)),
    "card on Teams": lambda typed: on_teams(card(typed)),
    "card on the console": lambda typed: on_the_console(card(typed)),
    "card in a terminal": lambda typed: render_text(card(typed)),
    "offer on Slack": lambda typed: offer(form(typed), Again("logvisit", text=typed)),
    "command": lambda typed: read_command(typed, {"help", "logvisit"}),
    "stored text": plain,
    "day to come": lambda typed: find_date(typed, today=TODAY, locale="fr-FR", past=False),
    "day gone by": lambda typed: find_date(typed, today=TODAY, locale="de-DE", past=True),
    "days of a line": lambda typed: find_dates(typed, today=TODAY, locale="en-GB"),
    "engagement": lambda typed: understand_engagement(typed, today=TODAY, locale="en-GB", customers=CUSTOMERS, people=PEOPLE),
    "promise": lambda typed: understand_promise(typed, today=TODAY, locale="en-GB", customers=CUSTOMERS, people=PEOPLE),
    "promise of somebody": lambda typed: understand_promise(
        f"@{typed}", today=TODAY, locale="en-GB", customers=CUSTOMERS, people=PEOPLE
    ),
    "who says something": lambda typed: list(people_words.SAYS.finditer(typed)),
    "who was seen": lambda typed: list(people_words.PARTICIPLE.finditer(typed)),
    "promised line": promised_lines._without_bullet,
    "name": matching.fold,
    "legal form": lambda typed: best(typed, CUSTOMERS),
    "name that is meant": lambda typed: decide(typed, CUSTOMERS),
    "days of a report": participation._RANGE.search,
    "quarter of a report": participation._LAST.search,
    "channel": channel_named,
    "time of day": workflow._TIME.fullmatch,
    "praise": lambda typed: celebrations._replaced(typed, ("Ada Lovell",), "them"),
}

PATTERNS = (
    *("<at>", "<at ", "</at>", "<at>a</at>", "<quoted>", "<quoted a=", "a&", "a=&", "<", "&lt", "&lt;", "&#", "&#9", "&#1;"),
    *("<@U", "<@U1>", "<a|", "<a", "<p ", "<br>", "<!--", "<![", "<?", "<script>", '<img alt="', "<a '", "</", "<a \"'>"),
    *(
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u00a0",
        "\u200b",
        "\u2028",
        '"',
        "'",
        "“",
        "(",
        "[",
        "{",
        '{"a":',
        "1",
        "1/",
        "1.",
        "1-",
        "2026-11-25 ",
    ),
    *(
        "with ",
        "with A, ",
        "by ",
        "to ",
        "to: ",
        " will ",
        "A ",
        "Acme ",
        "inc ",
        "a:",
        ": ",
        "-",
        "- ",
        " - ",
        ".",
        ",",
        "é",
        "𝒳",
        "ﷺ",
    ),
    *("friday ", "in 2 weeks ", "12 march ", "the ", "their ", "and ", "a@", "%ff", "+", "👩‍💻", "/", "/help ", "@", "\\", "_*~`"),
)
SMALL = 4_000
"""Characters; ten times as many are a long message. Slack sends at most 40,000."""
FLOOR = 0.003
"""Seconds below which a time says nothing of how it grows."""


def seconds(read: Callable[[str], object], typed: str, tries: int) -> float:
    """The least CPU time of several readings; what is remembered between them isn't counted on."""
    best_time = float("inf")
    for number in range(tries):
        fresh = f"{typed}{number}"
        begun = time.process_time()
        read(fresh)
        best_time = min(best_time, time.process_time() - begun)
    return best_time


def growth(read: Callable[[str], object], small: str, large: str) -> float:
    """How many times as long the large text takes."""
    return seconds(read, large, 2) / max(seconds(read, small, 4), FLOOR / 15)


@pytest.mark.parametrize("name", READERS)
def test_ten_times_the_text_takes_ten_times_as_long(name: str) -> None:
    """For every text that was made to hurt: under fifteen times. What seems to grow faster is measured again with ten times as much."""
    read = READERS[name]
    read("warm up, Acme yesterday with Ada by Friday")
    slow = {}
    for pattern in PATTERNS:
        small, large = (pattern * (size // len(pattern)) for size in (SMALL, 10 * SMALL))
        took = seconds(read, large, 1)
        if took < FLOOR:
            continue
        ratio = growth(read, small, large)
        if ratio >= 15 and took < 1:
            # Of what takes milliseconds a busy machine tells little: what is quadratic grows a hundredfold here too.
            ratio = min(ratio, growth(read, large, pattern * (100 * SMALL // len(pattern))))
        if ratio >= 15:
            slow[pattern] = (round(ratio, 1), round(took, 3))
    assert slow == {}


def test_the_measure_tells_quadratic_from_linear() -> None:
    """A reader known to be slow is found out."""
    import re  # noqa: PLC0415

    quadratic = re.compile(r"<at\b[^>]*>(.*?)</at>", re.DOTALL)
    small, large = "<at>" * (SMALL // 4), "<at>" * (10 * SMALL // 4)
    assert seconds(lambda typed: quadratic.sub("", typed), large, 1) > 15 * seconds(
        lambda typed: quadratic.sub("", typed), small, 3
    )
