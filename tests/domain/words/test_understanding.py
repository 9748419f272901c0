"""What a line typed after /logvisit is understood to say."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.words.matching import Candidate, fold
from bot.domain.words.understanding import Understood, understand_engagement

WEDNESDAY = date(2026, 11, 25)
CUSTOMERS = [
    Candidate(1, "Acme"),
    Candidate(2, "Acme Health"),
    Candidate(3, "Globex GmbH", ("GBX",)),
    Candidate(4, "Delta Air Lines"),
    Candidate(5, "Contoso - Europe"),
    Candidate(6, "Sunday Times"),
    Candidate(7, "אקמה בריאות"),
    Candidate(9, "Studio 20"),
    Candidate(8, "The Great Lakes Company"),
]
PEOPLE = [Candidate("jane", "Jane Doe")]
TWINS = [Candidate(1, "Acme Corp"), Candidate(2, "Acme Health")]


def understand(text: str, customers: list[Candidate] | None = None, locale: str = "en-US") -> Understood:
    """Read a line on Wednesday, 25 November 2026."""
    return understand_engagement(
        text, today=WEDNESDAY, locale=locale, customers=CUSTOMERS if customers is None else customers, people=PEOPLE
    )


def name(understood: Understood) -> str | None:
    """Give the customer's name, when one is decided on."""
    return understood.customer.winner.candidate.name if understood.customer.winner else None


def test_a_whole_line_is_understood() -> None:
    """Customer, day, contact and note are told apart, and the day a fix is promised by isn't the day of the visit."""
    said = understand("Acme yesterday with their CFO: onboarding takes six weeks, promised a fix by Friday")
    assert name(said) == "Acme"
    assert said.customer_words == "Acme"
    assert said.happened_on == date(2026, 11, 24)
    assert said.contacts == ("CFO",)
    assert said.note == "onboarding takes six weeks, promised a fix by Friday"


def test_two_that_fit_are_given_to_choose_from() -> None:
    """Acme is Acme Corp or Acme Health, and the rest of the line is understood all the same."""
    said = understand("Acme last Friday with Jane Doe and Tom: slow", TWINS)
    assert [match.candidate.name for match in said.customer.choices] == ["Acme Corp", "Acme Health"]
    assert said.customer_words == "Acme"
    assert (said.happened_on, said.contacts, said.note) == (date(2026, 11, 20), ("Jane Doe", "Tom"), "slow")


@pytest.mark.parametrize(
    ("typed", "customer", "words", "day", "contacts", "note"),
    [
        ("Acme Helth: slow", "Acme Health", "Acme Helth", None, (), "slow"),
        ("“Globex GmbH”\u00a0last Friday: “hi: there”", "Globex GmbH", "Globex GmbH", date(2026, 11, 20), (), "“hi: there”"),
        ("gbx, yesterday, with Jane, Tom & Sue: ok", "Globex GmbH", "gbx", date(2026, 11, 24), ("Jane", "Tom", "Sue"), "ok"),
        (
            "Globex on Friday with @tom and jane@globex.example - good",
            "Globex GmbH",
            "Globex",
            date(2026, 11, 20),
            ("tom", "jane@globex.example"),
            "good",
        ),
        ("yesterday at Acme – all well", "Acme", "Acme", date(2026, 11, 24), (), "all well"),
        ("Acme 3/4\nlate", "Acme", "Acme", date(2026, 3, 4), (), "late"),
        ("Acme with Head of Ops at their HQ: slow", "Acme", "Acme", None, ("Head of Ops",), "at their HQ: slow"),
        ("Acme\u00a0—\u00a0ten past 10:30", "Acme", "Acme", None, (), "ten past 10:30"),
        ("Quick chat, Acme, today: fine", "Acme", "Acme", date(2026, 11, 25), (), "Quick chat: fine"),
        ("Acme:fine", "Acme", "Acme", None, (), "fine"),
        ("Acme’s CFO: unhappy", "Acme", "Acme’s", None, ("CFO",), "unhappy"),
        ("\u200fאקמה בריאות\u200f yesterday: שלום", "אקמה בריאות", "אקמה בריאות", date(2026, 11, 24), (), "שלום"),
        ("20 Nov Studio 20: fine", "Studio 20", "Studio 20", date(2026, 11, 20), (), "fine"),
        ("@Acme yesterday with 🚀 Tom: 🎉", "Acme", "Acme", date(2026, 11, 24), ("🚀 Tom",), "🎉"),
        ("Acme with Zoë about the 2nd site: grew -5%", "Acme", "Acme", None, ("Zoë",), "about the 2nd site: grew -5%"),
    ],
)
def test_headings_of_all_kinds(
    typed: str, customer: str, words: str, day: date | None, contacts: tuple[str, ...], note: str
) -> None:
    """Before a colon, dash or new line stand whom, when and with whom; what else stands there joins the note."""
    said = understand(typed)
    assert (name(said), said.customer_words, said.happened_on, said.contacts, said.note) == (customer, words, day, contacts, note)


@pytest.mark.parametrize(
    ("typed", "customer", "day", "contacts", "note"),
    [
        ("Acme onboarding takes six weeks", "Acme", None, (), "onboarding takes six weeks"),
        ("Acme yesterday onboarding takes six weeks", "Acme", date(2026, 11, 24), (), "onboarding takes six weeks"),
        ("Acme with their CFO yesterday, it is slow", "Acme", date(2026, 11, 24), ("CFO",), "it is slow"),
        ("Acme with jane about pricing", "Acme", None, ("jane",), "about pricing"),
        ("Acme with jane doe they want more", "Acme", None, ("jane doe",), "they want more"),
        ("Acme Health, Friday. They want more.", "Acme Health", date(2026, 11, 20), (), "They want more."),
        (
            "we met with Acme on Friday and they said no",
            "Acme",
            date(2026, 11, 20),
            (),
            "we met with Acme on Friday and they said no",
        ),
        ("Acme lost two people last month", "Acme", None, (), "lost two people last month"),
        ("Acme by Friday we fix it", "Acme", None, (), "by Friday we fix it"),
        ("Acme :tada: great", "Acme", None, (), ":tada: great"),
        ("Acme .NET is slow at 10:30", "Acme", None, (), ".NET is slow at 10:30"),
        ("Acme https://a.example/b?c=d: see", "Acme", None, (), "https://a.example/b?c=d: see"),
    ],
)
def test_lines_with_no_heading(typed: str, customer: str, day: date | None, contacts: tuple[str, ...], note: str) -> None:
    """Without a colon, customer, day and contacts are read at the front while they last, and the rest stays as it was typed."""
    said = understand(typed)
    assert (name(said), said.happened_on, said.contacts, said.note) == (customer, day, contacts, note)


@pytest.mark.parametrize(
    ("typed", "words", "note"),
    [
        ("Initech", "Initech", ""),
        ("Initech yesterday", "Initech", ""),
        ("Initech yesterday they said it is slow", "Initech", "they said it is slow"),
        ("“Initech: North” yesterday: slow", "Initech: North", "slow"),
        ("Initech Far East with Bob: slow", "Initech Far East", "slow"),
        ("initech healthcare partners of ohio: slow", "initech healthcare partners of ohio", "slow"),
    ],
)
def test_a_customer_not_known_is_offered_by_its_words(typed: str, words: str, note: str) -> None:
    """Nobody fits, and the words meant as the customer's name are given."""
    said = understand(typed)
    assert said.customer.winner is None
    assert (said.customer_words, said.note) == (words, note)


@pytest.mark.parametrize(
    "typed",
    [
        "Great visit, learned a lot about them",
        "The visit was good",
        "The Great visit",
        "They told us a long story of how they buy: it takes weeks",
        "<!channel> look: this",
        "https://a.example/x says hi",
    ],
)
def test_a_story_names_nobody(typed: str) -> None:
    """What is said, an address or a mention of everyone isn't taken for a customer, and is all note."""
    said = understand(typed)
    assert (said.customer_words, said.note) == ("", typed)


def test_separators_inside_a_known_name_do_not_part_it() -> None:
    """Contoso - Europe is one name, and Sunday Times is no Sunday."""
    said = understand("Contoso - Europe yesterday - pleased")
    assert (name(said), said.happened_on, said.note) == ("Contoso - Europe", date(2026, 11, 24), "pleased")
    assert (name(understand("Sunday Times: pleased")), understand("Sunday Times: pleased").happened_on) == ("Sunday Times", None)


def test_days_are_read_in_the_locale() -> None:
    """3/4 is in March for an American, in April for a New Zealander, and gestern is German for yesterday."""
    assert understand("Acme 3/4: x", locale="en-US").happened_on == date(2026, 3, 4)
    assert understand("Acme 3/4: x", locale="en-NZ").happened_on == date(2026, 4, 3)
    assert understand("Acme gestern mit Frau Öztürk: x", locale="de").happened_on == date(2026, 11, 24)


def test_a_day_yet_to_come_is_asked_about() -> None:
    """It isn't the day something happened: the field is left empty, and its words stay in the note."""
    for day in ("2027-03-03", "tomorrow", "next Friday"):
        said = understand(f"Acme {day}: x")
        assert (said.happened_on, said.asked_for_day, said.note) == (None, True, f"{day}: x")


def test_a_long_story_is_kept_whole() -> None:
    """Of 3,001 characters only the beginning is looked at, and none is lost."""
    story = "word " * 600 + "x"
    assert understand(f"Acme yesterday: {story}").note == story
    assert understand(story).note == story
    assert understand(f"Acme {story}").note == story
    assert understand("y" * 3001).note == "y" * 3001


JOINING_WORDS = (
    "with w mit avec con their the his her its our a an and und et y plus le la el su on am den vom at to ihrem ihrer dem der leur"
)
JOINING = frozenset(JOINING_WORDS.split())
"""Words that only join others, and may be left out."""

PIECES = (
    *(
        "Acme",
        "Acme Health",
        "globex",
        "Initech",
        "“",
        "”",
        "yesterday",
        "on Friday",
        "3/4",
        "12 March",
        "by Friday",
        "with",
        "their",
        "CFO",
    ),
    *(
        "Jane Doe",
        "and",
        ":",
        " - ",
        "\n",
        "10:30",
        "https://a.example:80/x",
        "<!channel>",
        "@tom",
        ",",
        "\u00a0",
        "\u200f",
        "עברית",
        "🚀",
    ),
    *("six weeks", "?", "\0", "-5%", "Quick chat", "visited"),
)
DAY_WORDS = frozenset(("yesterday", "on", "friday", "3", "4", "12", "march", "10", "30"))
known_pieces = st.lists(st.sampled_from(PIECES) | st.text(alphabet="abcdefg ", max_size=8), max_size=12).map(" ".join)
odd_pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map(" ".join)


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are compared."""
    return re.findall(r"\w+", fold(text))


def missing(typed: str, said: Understood) -> list[str]:
    """Give the words that are in none of customer, contacts and note, and don't only join others."""
    kept = set(words_of(" ".join([said.customer_words, *said.contacts, said.note])))
    return [word for word in words_of(typed) if word not in kept | JOINING]


@settings(deadline=None, max_examples=100)
@given(known_pieces)
def test_every_word_is_the_customers_a_contacts_the_notes_or_the_days(typed: str) -> None:
    """Nothing typed is lost: the only words that are not kept are those that say the day and its time, when a day is understood."""
    said = understand(typed)
    assert set(missing(typed, said)) <= (DAY_WORDS if said.happened_on else set())


@settings(deadline=None, max_examples=100)
@given(odd_pieces | st.text(max_size=80))
def test_no_text_is_too_odd(typed: str) -> None:
    """Any text is read without fail, and without a day in it no word of it is lost."""
    said = understand(typed)
    assert len(missing(typed, said)) <= (12 if said.happened_on else 0)
