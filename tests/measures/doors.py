"""What each way in says of each figure: cards in chat, pages, tables and answers read as people and programs read them.

A label, a key or a number that no reader knows is an error: a figure that is shown somewhere new can't go unasked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from bot.cards import Card, Chart, Facts, Text
from bot.measures.definitions import EVERY
from bot.measures.scope import Share

Value = object
"""A Share, a number, a day, a Percent or Below."""


@dataclass(frozen=True)
class Percent:
    """A share of which only the whole per cent is said; None: of nothing."""

    of: int | None


@dataclass(frozen=True)
class Below:
    """A number of which only is said that it is below this."""

    of: float


@dataclass(frozen=True)
class Said:
    """What a way in says of a figure: of which part of it (`detail`), and of which days (the quarter, unless said)."""

    key: str
    value: Value
    detail: str = ""
    days: str = "quarter"


Reader = Callable[[str], Iterator[Said]]


def share(text: str) -> Share:
    """`3 of 4 (75%)`, or `none yet`."""
    found = re.match(r"([\d,]+) of ([\d,]+)", text)
    assert found or text.startswith("none"), text
    return Share(int(found[1].replace(",", "")), int(found[2].replace(",", ""))) if found else Share(0, 0)


def number(pattern: str, text: str) -> int:
    """The number that a text names, or 0 where it says nothing of it."""
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else 0


def of_share(key: str, days: str = "quarter") -> Reader:
    """A label that stands before a share."""
    return lambda text: iter([Said(key, share(text), days=days)])


def of_number(key: str, days: str = "quarter") -> Reader:
    """A label that stands before a number."""
    return lambda text: iter([Said(key, number(r"^([\d,]+)", text), days=days)])


def promises(text: str) -> Iterator[Said]:
    """`3 of 4 on time, customer informed of 2 of 3, 1 overdue`."""
    kept, told = re.search(r"(\d+ of \d+) on time", text), re.search(r"informed of (\d+ of \d+)", text)
    yield Said("commitments_on_last_date", share(kept[1] if kept else "none"))
    yield Said("commitments_told", share(told[1] if told else "none"))
    yield Said("commitments_late", number(r"(\d+) overdue", text))


def kinds(text: str) -> Iterator[Said]:
    """`12: 5 visits, 4 calls`; a kind that isn't named has none."""
    yield Said("engagements", number(r"^([\d,]+)", text))
    for kind in ("Visit", "Call", "Briefing", "Listening session", "Frontline day"):
        yield Said("engagements", number(rf"([\d,]+) {kind.lower()}", text), kind)


def staff_told(text: str) -> Iterator[Said]:
    """`2 updates, 50% reached, 33% got it`."""
    yield Said("updates_sent", number(r"^(\d+)", text))
    yield Said("updates_reached", Percent(number(r"(\d+)% reached", text)))
    yield Said("updates_got_it", Percent(number(r"(\d+)% got it", text)))


def written_down(text: str) -> Iterator[Said]:
    """`3 days (median)`, `same day (median)`."""
    found = re.search(r"([\d.]+) day", text)
    yield Said("days_to_log", float(found[1]) if found else Below(1))


COMPANY: dict[str, Reader] = {
    "Pledges met": of_share("pledges_met"),
    "Met a customer": of_share("pledges_begun"),
    "Engagements": kinds,
    "Time to log": written_down,
    "Prompts answered": of_share("prompts_answered"),
    "Commitments": promises,
    "Key customers": of_share("key_customers_stale"),
    "Staff told": staff_told,
}
"""The labels of the company's card."""


def facts(card: Card) -> dict[str, str]:
    """What a card says, by label."""
    return {label: value for block in card.blocks if isinstance(block, Facts) for label, value in block.items}


def labelled(card: Card, known: dict[str, Reader], where: str) -> Iterator[Said]:
    """Every line of a card with a label; those of a numbered list aside."""
    for label, text in facts(card).items():
        if re.match(r"\d+\. ", label):
            continue
        assert label in known, f"{where} shows “{label}”: say which figure that is, and what it must be"
        yield from known[label](text)


def trend(card: Card) -> Iterator[Said]:
    """The last point of the trend."""
    chart = next(block for block in card.blocks if isinstance(block, Chart))
    keys = {"Pledges met": "pledges_met", "Commitments on time": "commitments_on_last_date"}
    for one in chart.series:
        last = one.values[-1]
        yield Said(keys[one.name], Percent(None if last is None else int(last)))


def company(card: Card) -> Iterator[Said]:
    """The company's card in chat."""
    yield from trend(card)
    yield from labelled(card, COMPANY, "the company's card")


def home(card: Card) -> Iterator[Said]:
    """The CX office's own page."""
    yield from company(card)
    text = "\n".join(block.text for block in card.blocks if isinstance(block, Text))
    yield Said("commitments_late", number(r"Overdue commitments: (\d+)", text))
    yield Said("questions_open", number(r"Questions without an answer: (\d+)", text))
    yield Said("approvals_open", number(r"Updates waiting for approval: (\d+)", text))


def own(card: Card, who: str) -> Iterator[Said]:
    """An executive's own card."""
    yield from (theirs(one, who) for one in labelled(card, OWN, "an executive's card"))


def theirs(one: Said, who: str) -> Said:
    """What is said of somebody; a customer's own figures are the same whoever owns it."""
    detail = one.detail if one.detail.startswith("Customer") else f"{who} {one.detail}".strip()
    return Said(one.key, one.value, detail, one.days)


def pledge(text: str) -> Iterator[Said]:
    """`1 of 2 visits and 0 of 4 calls this quarter, 36 days left`; nothing of one that isn't there."""
    visits, calls = (re.search(rf"(\d+ of \d+) {noun}", text) for noun in ("visit", "call"))
    if visits or calls:
        yield Said("pledge_progress", tuple(share(one[1]) for one in (visits, calls) if one and not one[1].endswith(" of 0")))


def own_stale(text: str) -> Iterator[Said]:
    """`Customer 0 (120 days), Customer 2 (never)`."""
    for name, days in re.findall(r"(Customer \d+) \((?:not seen for )?(\d+ days?|never|today)", text):
        yield Said("last_seen", number(r"(\d+)", days) if days != "never" else None, name, "days")


OWN: dict[str, Reader] = {
    "Pledge": pledge,
    "Streak": lambda text: iter([Said("streak", number(r"^(\d+)", text))]),
    "Prompts": of_share("prompts_answered"),
    "Commitments": promises,
    "Key customers": own_stale,
    "Met this quarter": lambda text: iter(
        [Said("coverage", share(one.strip()), which) for one, which in zip(text.split(","), ("segments", "stages"), strict=True)]
    ),
}

WEEKLY: dict[str, Reader] = {
    "Met a customer": of_share("pledges_begun"),
    "Pledges met": of_share("pledges_met"),
    "Prompts answered": of_share("prompts_answered", "week"),
    "Commitments due": of_share("commitments_on_last_date", "week"),
    "Not reached": of_number("not_reached", "week"),
    "Roadmap": of_number("roadmap_untied"),
    "New customers": of_number("customers_to_check"),
}
WEEKLY_TEXTS: dict[str, Reader] = {
    "Overdue commitments": of_number("commitments_late"),
    "Unanswered questions": of_number("questions_open"),
    "Key customers overdue": of_share("key_customers_stale"),
}


def weekly(card: Card) -> Iterator[Said]:
    """The week's report."""
    chart = next(block for block in card.blocks if isinstance(block, Chart))
    yield Said("engagements", int(chart.series[0].values[-1] or 0), days="week")
    yield from labelled(card, WEEKLY, "the week's report")
    for block in card.blocks:
        if isinstance(block, Text) and re.match(r"\d+\. ", block.text):
            yield from own_stale(re.sub(r"^\d+\. (Customer \d), (not seen for \d+ days?|never seen)", r"\1 (\2)", block.text))
        elif isinstance(block, Text) and block.text != "All clear.":
            label, _, text = block.text.partition(": ")
            yield from WEEKLY_TEXTS[label](text)


LETTER: dict[str, Callable[[re.Match[str]], Iterator[Said]]] = {
    r"From (\d+) engagements? in June 2026": lambda one: iter([Said("engagements", int(one[1]), days="month")]),
    r"We made (\d+) commitments?": lambda one: iter([Said("commitments_made", int(one[1]), days="month")]),
    r"(\d+ of \d+) that were due": lambda one: iter([Said("commitments_on_last_date", share(one[1]), days="month")]),
    r"(\d+ of \d+) customers? ha(?:s|ve) been informed": lambda one: iter([Said("commitments_told", share(one[1]), days="month")]),
    r"(\d+) commitments? (?:is|are) overdue": lambda one: iter([Said("commitments_late", int(one[1]))]),
    r"told in (\d+) updates?": lambda one: iter([Said("updates_sent", int(one[1]), days="month")]),
    r"It held true in (\d+) of the (\d+)": lambda one: iter([Said("evidence", Share(int(one[1]), int(one[2])), "trust", "month")]),
    r"(\d+ of \d+) executives? met a customer": lambda one: iter([Said("pledges_begun", share(one[1]))]),
    r"(\d+ of \d+) executives? met their pledge last quarter(?:, (\d+ of \d+) the quarter before)?": lambda one: iter(
        [Said("pledges_met", share(one[1]), days="last quarter")]
        + ([Said("pledges_met", share(one[2]), days="the one before")] if one[2] else [])
    ),
}
"""The sentences of the letter that hold figures."""


def letter(card: Card) -> Iterator[Said]:
    """The month's letter; no number is left in its sentences but those that are asked for."""
    for block in card.blocks:
        if isinstance(block, Text):
            text = re.sub(r"(Customer|Person) \d|^\d\. |\d+ \w{3} \d{4}", "", block.text, flags=re.MULTILINE)
            text = text.replace("Nothing was logged in June 2026", "")
            for pattern, read in LETTER.items():
                for found in re.finditer(pattern, text):
                    yield from read(found)
                text = re.sub(pattern, "", text)
            assert not re.search(r"\d", text), f"the letter says “{text}”: say which figure that is, and what it must be"


def update(card: Card) -> Iterator[Said]:
    """The card of an update that went out."""
    text = facts(card)
    got_it = re.match(r"(\d+) of (\d+)", text.get("Got it", ""))
    yield Said("updates_got_it", Share(int(got_it[1]), int(got_it[2])) if got_it else Share(0, 0), days="update")
    yield Said("updates_cannot", number(r"(\d+) can't", text.get("Got it", "")), days="update")
    yield Said("not_reached", number(r"(\d+) not reached", text.get("Sent", "")), days="update")
    yield Said("questions_open", number(r"(\d+) without an answer", text.get("Questions", "")))


def recalled(card: Card) -> Iterator[Said]:
    """The card of one that was taken back."""
    text = next(block.text for block in card.blocks if isinstance(block, Text) and block.text.startswith("Recalled"))
    found = re.search(r"taken back from (\d+) of (\d+)", text)
    yield Said("taken_back", Share(int(found[1]), int(found[2])) if found else Share(0, 0))
    yield Said("taken_back", number(r"(\d+)(?: more)? may have it", text), "in doubt")


NAMES = {one.name: one.key for one in EVERY}


def cells(row: str) -> list[str]:
    """The texts of a row of a table of HTML."""
    return [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]


def rows(page: str) -> list[list[str]]:
    """The rows of all tables of a page."""
    return [cells(one) for one in re.findall(r"<tr[^>]*>(.*?)</tr>", unescape(page), re.DOTALL)]


def terms(page: str) -> dict[str, str]:
    """What stands behind each label of a page."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", unescape(page), re.DOTALL)
    return {label: " ".join(re.sub(r"<[^>]*>", " ", text).split()) for label, text in found}


def tiles(page: str) -> dict[str, tuple[str, str]]:
    """Each tile's figure, and the words below it."""
    pattern = r'tile-name">(.*?)</span>.*?tile-figure">(.*?)</span>.*?tile-words">(.*?)</span>'
    return {one: (figure, said.partition("·")[0].strip()) for one, figure, said in re.findall(pattern, unescape(page), re.DOTALL)}


def words_of(key: str, text: str, detail: str = "", days: str = "quarter") -> Said:
    """A figure in the words of a report's line: a share, a number, `2.5 days`, or none yet."""
    if " of " in text:
        return Said(key, share(text), detail, days)
    if text == "none yet":
        return Said(key, None, detail, days)
    return Said(key, float(text.removesuffix(" days").replace(",", "")), detail, days)
