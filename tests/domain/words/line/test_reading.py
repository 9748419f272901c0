"""What a line says, put together: names before words, and a question wherever two things are near."""

from datetime import date, timedelta

import pytest

from bot.domain.words.line.directory import Directory
from bot.domain.words.line.understood import Understood
from bot.domain.words.matching import Candidate
from bot.domain.words.understanding import understand_engagement

TODAY = date(2026, 11, 25)
YESTERDAY = date(2026, 11, 24)
NAMES = (
    *("Globex", "Initech", "Three Otters", "Northgate Hospital Trust", "Acme Corp", "Acme Health", "Monday.com", "Sunday Times"),
    *(
        "March & Co",
        "Contoso - Europe",
        "Studio: North",
        "7-Eleven",
        "Ninety One",
        "Smith & Wray",
        "Müller Maschinenbau GmbH",
        "Coral Bay Resorts",
    ),
)
ODD = ("On", "IT", "Today", "May", "3", "A", "Eins")


def understand(typed: str, names: tuple[str, ...] = NAMES, locale: str = "en-GB") -> Understood:
    """Read a line on Wednesday, 25 November 2026."""
    customers = Directory([Candidate(number, name, ("GBX",) if name == "Globex" else ()) for number, name in enumerate(names)])
    return understand_engagement(typed, today=TODAY, locale=locale, customers=customers)


def named(said: Understood) -> str:
    """The customer's name; of one that is new with a plus, and of several that are asked about with a question mark."""
    if said.customer.winner:
        return said.customer.winner.candidate.name
    if said.customer.choices:
        return "?" + "|".join(match.candidate.name for match in said.customer.choices)
    return f"+{said.customer_words}" if said.customer_words else ""


@pytest.mark.parametrize(
    ("typed", "customer", "day", "note"),
    [
        ("Globex — “3/4” w/ CFO", "Globex", date(2026, 4, 3), ""),
        ("Globex — yesterday", "Globex", YESTERDAY, ""),
        ("O'Brien & Sons visited today", "+O'Brien & Sons", TODAY, "visited today"),
        ("Globex visited yesterday", "Globex", YESTERDAY, "visited yesterday"),
        ("Today Translations yesterday", "+Today Translations", YESTERDAY, ""),
        ("Formula 1 yesterday", "+Formula 1", YESTERDAY, ""),
        ("<http://Monday.com|Monday.com> yesterday: slow", "Monday.com", YESTERDAY, "slow"),
        ("Globex yesterday with Jan van der Berg", "Globex", YESTERDAY, ""),
        ("Globex 👍", "Globex", None, "👍"),
        ("Globex Mon: x", "Globex", date(2026, 11, 23), "x"),
        ("Globex a fortnight ago: x", "Globex", date(2026, 11, 11), "x"),
        ("Globex on the 20th: x", "Globex", date(2026, 11, 20), "x"),
        (
            "I saw Three Otters yesterday, they said the water is fine",
            "Three Otters",
            YESTERDAY,
            "I saw Three Otters yesterday, they said the water is fine",
        ),
    ],
)
def test_what_was_read_wrong_once(typed: str, customer: str, day: date | None, note: str) -> None:
    """Each was misread by a reading that stopped at the first thing it didn't know."""
    said = understand(typed)
    assert (named(said), said.happened_on, said.note, said.questions) == (customer, day, note, {})


def test_a_new_customer_is_never_a_day_or_what_was_done() -> None:
    """Tomorrow is asked about, and nobody is called had coffee."""
    said = understand("Nonexistent Corp tomorrow: hello")
    assert (named(said), said.happened_on, said.asked_for_day, said.note) == ("+Nonexistent Corp", None, True, "tomorrow: hello")
    for typed in (
        "had coffee",
        "Had coffee with Jane",
        "Great visit yesterday",
        "Kaffee getrunken",
        "quick chat: slow",
        "Lunch, yesterday, slow",
    ):
        assert named(understand(typed)) == "", typed


@pytest.mark.parametrize(
    ("typed", "customer"),
    [
        ("no visit really just a voicemail to globex", "Globex"),
        ("GBX yesterday: x", "Globex"),
        ("Globx yesterday: x", "Globex"),
        ("glo bex yesterday: x", "Globex"),
        ("threeotters yesterday: x", "Three Otters"),
        ("had coffee with the matron at northgate this morning", "Northgate Hospital Trust"),
        ("NHT yesterday: x", "Northgate Hospital Trust"),
        ("smith and wray yesterday: x", "Smith & Wray"),
        ("mueller maschinenbau yesterday: x", "Müller Maschinenbau GmbH"),
        ("Sunday Times, Friday: x", "Sunday Times"),
        ("March & Co on 9 November: x", "March & Co"),
        ("Contoso - Europe - yesterday - x", "Contoso - Europe"),
        ("contoso europe yesterday: x", "Contoso - Europe"),
        ("yesterday at Studio: North - x", "Studio: North"),
        ("7-eleven yesterday: x", "7-Eleven"),
        ("Ninety One, 2 Nov, x", "Ninety One"),
        ("Globex told us Initech is cheaper", "Globex"),
        ("Globex: they want to leave Initech", "Globex"),
        ("it works at globex", "Globex"),
    ],
)
def test_a_known_customer_is_found_wherever_it_stands(typed: str, customer: str) -> None:
    """In any case, by short form, initials or alias, with a typo, and with signs and words for days in its name."""
    assert named(understand(typed)) == customer


@pytest.mark.parametrize(
    ("typed", "customer"),
    [
        ("On yesterday: x", "On"),
        ("on, yesterday: x", "On"),
        ("IT, Monday: x", "IT"),
        ("Today yesterday: x", "Today"),
        ("May on 3 November: x", "May"),
        ("may, yesterday, slow", "May"),
        ("3 on Friday: x", "3"),
        ("A, this afternoon: x", "A"),
        ("visited On yesterday", "On"),
        ("on Friday at Globex: it is fine", "Globex"),
        ("A good day at Globex today", "Globex"),
        ("Globex in May: 3 outages", "Globex"),
    ],
)
def test_a_customer_may_be_called_like_a_word(typed: str, customer: str) -> None:
    """It is one where a name belongs, and a word where another customer is named."""
    assert named(understand(typed, ("Globex", *ODD))) == customer


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Acme yesterday: happy", "?Acme Corp|Acme Health"),
        ("Globex and Initech yesterday", "?Globex|Initech"),
        ("Globex yesterday, Initech today", "?Globex|Initech"),
        ("visited Initech. Also met Globex. Fine", "?Initech|Globex"),
        ("Three Otters / Globex joint call", "?Three Otters|Globex"),
    ],
)
def test_two_customers_are_asked_about(typed: str, asked: str) -> None:
    """The field is left empty with the question beside it, and where two are named both stay in the note."""
    said = understand(typed)
    assert set(named(said)[1:].split("|")) == set(asked[1:].split("|"))
    assert said.questions["customer"].endswith("?")
    assert said.customer.winner is None


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Globex Thursday 20 Nov: x", "Friday"),
        ("Globex 30 Nov: x", "still to come"),
        ("Globex last week: x", ""),
        ("Globex the other day: x", ""),
        ("Globex Monday, workshop, Tuesday: x", "Monday 23 November 2026 or Tuesday 24 November 2026"),
    ],
)
def test_a_day_in_doubt_is_asked_about_and_stays_in_the_note(typed: str, question: str) -> None:
    """No day is filled in silently, not even today's."""
    said = understand(typed)
    assert (said.happened_on, said.asked_for_day) == (None, True)
    assert question in said.questions["happened_on"]
    assert typed.removeprefix("Globex ") == said.note or "Monday" in said.note


@pytest.mark.parametrize(
    ("typed", "customer"),
    [
        ("I saw Three Otters yesterday, they said the water is fine", "Three Otters Brewing"),
        ("saw Three Otters last week with Jan, the water is fine", "Three Otters Brewing"),
        ("fenwick yesterday", "?Fenwick Falls Water Works|Fenwick Heights Water Board"),
    ],
)
def test_a_piece_of_several_names_is_a_word_where_another_customer_stands(typed: str, customer: str) -> None:
    """In small letters, beside a customer's name; alone it is asked about."""
    names = ("Three Otters Brewing", "Fenwick Falls Water Works", "Fenwick Heights Water Board")
    assert named(understand(typed, names)) == customer


def test_each_field_tells_its_words() -> None:
    """The words of the line each field was understood from."""
    said = understand("Globex yesterday with Jane Doe: slow, we will send a fix by Friday")
    assert said.origins["customer"] == "Globex"
    assert said.origins["happened_on"] == "yesterday"
    assert said.origins["contacts"] == "with Jane Doe"
    assert "a fix" in said.origins["promised"]
    assert said.promised == (f"send a fix by {TODAY + timedelta(days=2)}",)


def test_a_commitments_day_is_not_the_visits() -> None:
    """What is due on Friday says nothing of the visit, which was today as nothing else is said."""
    said = understand("Globex: we will send the report by Monday week")
    assert (said.happened_on, said.asked_for_day) == (None, False)
    assert said.promised == ("send the report by 2026-12-07",)
