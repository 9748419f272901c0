"""What the dashboard's pages say of each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from bot.measures.scope import Share
from bot.settings import Settings
from tests.measures import doors
from tests.measures.doors import NAMES, Said, share, terms, tiles, words_of

TILES = {
    "Pledges met": "pledges_met",
    "Met a customer": "pledges_begun",
    "Engagements": "engagements",
    "Prompts answered in two days": "prompts_answered",
    "Commitments on time": "commitments_on_last_date",
    "Customer informed": "commitments_told",
    "Staff reached": "updates_reached",
    "Got it": "updates_got_it",
    "Reached": "updates_reached",
    "Can't, because…": "updates_cannot",
    "Questions answered in two days": "questions_answered",
    "Decision to told": "days_to_tell",
}
TERMS = {
    "Made": "commitments_made",
    "On the original date": "commitments_on_first_date",
    "On the revised date": "commitments_on_last_date",
    "Customer informed": "commitments_told",
    "Owned by another department": "commitments_across",
    "Overdue": "commitments_late",
}


def on_pages(pages: dict[str, str], own: Settings) -> Iterator[Said]:
    """All of them, by their addresses."""
    targets = {target.want: target.key for segment in own.segments for target in segment.targets}
    yield from on_overview(pages[""], targets)
    yield from on_tiles(pages[""])
    yield from on_tiles(pages["updates"])
    yield from on_executives(pages["executives"])
    yield from on_customers(pages["customers"])
    yield from on_promises(pages["commitments"])
    yield from on_updates(pages["updates"])
    yield from on_map(pages["coverage"], own)
    yield from on_journey(pages["journey"], targets)
    for path, page in pages.items():
        if path.startswith("executives/"):
            yield from on_own_page(page)


def on_overview(page: str, targets: dict[str, str]) -> Iterator[Said]:
    """Every figure, in the table of the overview."""
    key = ""
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        name, text = re.search(r"<summary>(.*?)</summary>", row), doors.cells(row)[-1]
        key = NAMES[name[1]] if name else key
        if text and key and ("<details>" in row or 'class="number"' in row):
            detail = "" if name else doors.cells(row)[0]
            yield words_of(key, text, targets.get(detail, detail))


def on_tiles(page: str) -> Iterator[Said]:
    """The figures that stand large."""
    for label, (figure, words) in tiles(page).items():
        assert label in TILES, f"a tile shows “{label}”: say which figure that is, and what it must be"
        yield words_of(TILES[label], words if " of " in words else figure)


def on_executives(page: str) -> Iterator[Said]:
    """The words above the list, and each executive in it."""
    lead = re.search(r"(\d+ of \d+) \(.*?have met a customer; (\d+ of \d+)|No executive has a pledge", page)
    assert lead
    if lead[1]:
        yield Said("pledges_begun", share(lead[1]))
        yield Said("pledges_met", share(lead[2]))
    for row in doors.rows(page):
        if len(row) == 6 and row[0].startswith("Person"):
            yield Said("last_out", day_of(row[4]), row[0])


def on_promises(page: str) -> Iterator[Said]:
    """What became of them."""
    for label, text in terms(page).items():
        assert label in TERMS, f"the page of promises shows “{label}”: say which figure that is, and what it must be"
        yield words_of(TERMS[label], text)


def on_updates(page: str) -> Iterator[Said]:
    """Each update, and how many there are."""
    listed = [row for row in doors.rows(page) if row[0].startswith(("Dates first", "Taken back"))]
    yield Said("updates_sent", len(listed))
    for row in listed:
        if row[0] == "Dates first":
            yield Said("updates_reached", share(row[2]), days="update")
            yield Said("updates_cannot", int(row[4]), days="update")
            yield Said("updates_got_it", Share(int(row[3]), share(row[2]).part), days="update")


def on_journey(page: str, targets: dict[str, str]) -> Iterator[Said]:
    """The running quarter of each target's evidence."""
    for row in doors.rows(page):
        for want, target in targets.items():
            if row[0].startswith(want):
                yield Said("evidence", share(row[-1].replace("–", "none")), target)


def on_customers(page: str) -> Iterator[Said]:
    """Each customer, and the words above them."""
    found = re.search(r"(\d+ of \d+) key customers", page)
    assert found
    yield Said("key_customers_stale", share(found[1]))
    for row in doors.rows(page):
        if row[0].startswith("Customer "):
            yield Said("last_seen", None if row[3] == "never" else int(row[3]), row[0][:10], "days")


def on_map(page: str, own: Settings) -> Iterator[Said]:
    """The cells of the map."""
    for row in doors.rows(page):
        for segment in own.segments:
            if row[0] == segment.name:
                for stage, text in zip(own.journey, row[1:], strict=True):
                    numbers = [int(one) for one in re.findall(r"\d+", text)]
                    yield Said("coverage", tuple(numbers) if numbers else (0, 0), f"{segment.key} {stage.key}")


def on_own_page(page: str) -> Iterator[Said]:
    """One executive's."""
    found = re.search(r"<h1[^>]*>(Person \d)", page)
    assert found
    own = {"Prompts answered in two working days": "Prompts"}
    for label, text in terms(page).items():
        assert own.get(label, label) in doors.OWN, (
            f"an executive's page shows “{label}”: say which figure that is, and what it must be"
        )
        for one in doors.OWN[own.get(label, label)](text):
            yield doors.theirs(one, found[1])


def day_of(text: str) -> date | None:
    """A day of the dashboard."""
    found = re.search(r"\d+ \w+ \d{4}", text)
    return datetime.strptime(found[0], "%d %b %Y").date() if found else None  # noqa: DTZ007
