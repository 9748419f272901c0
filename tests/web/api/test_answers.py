"""What the API answers."""

from __future__ import annotations

import pytest

from tests.handlers.test_engagements import log
from tests.web.api.conftest import Reader


async def test_figures_are_those_of_the_chat(reader: Reader) -> None:
    """The company's, with shares as part and whole."""
    log(reader.world, "ada", "Globex: hello")
    _, body = await reader.get("figures")
    found = {(one["key"], one["detail"]): (one["value"], one["whole"]) for one in body["figures"]}
    assert found["pledges_begun", ""] == (1, 3)
    assert found["engagements", ""] == (1, None)
    assert found["days_to_tell", ""] == (None, None)
    assert body["window"] == {"first": "2026-10-01", "last": "2026-12-31", "name": "October to December 2026"}


async def test_a_person_and_other_days(reader: Reader) -> None:
    """Ada's November, and nobody's that isn't known."""
    log(reader.world, "ada", "Globex: hello")
    _, body = await reader.get("figures?scope=person:ada@firm.example&first=2026-11-01&last=2026-11-30")
    assert body["window"]["name"] == "November 2026"
    assert next(one["value"] for one in body["figures"] if one["key"] == "engagements") == 1
    assert (await reader.get("figures?scope=person:x@firm.example"))[0] == 404
    assert (await reader.get("figures?scope=department:Nowhere"))[0] == 404


async def test_a_list_goes_on_page_by_page(reader: Reader) -> None:
    """Every row once, in order; the last page says that it is the last."""
    for number in range(5):
        log(reader.world, "ada", f"Globex: {number}")
    found: list[int] = []
    after: int | None = 0
    while after is not None:
        _, body = await reader.get(f"engagements?limit=2&after={after}")
        found += [one["id"] for one in body["rows"]]
        after = body["next"]
    assert len(found) == 5
    assert found == sorted(set(found))


async def test_trend_and_coverage(reader: Reader) -> None:
    """Eight quarters; every cell."""
    _, body = await reader.get("trend")
    assert [one["window"]["first"] for one in body["quarters"]][-1] == "2026-10-01"
    assert len(body["quarters"]) == 8
    _, body = await reader.get("coverage")
    assert {one["segment"] for one in body["cells"]} == {"fleets"}


async def test_what_was_deleted_is_gone(reader: Reader) -> None:
    """From rows as from figures."""
    from tests.conftest import button  # noqa: PLC0415

    card = log(reader.world, "ada", "Globex: a slip")
    reader.world.press(button(card, "Delete"), "ada")
    assert (await reader.get("engagements"))[1]["rows"] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("people?limit=0", "limit"),
        ("people?limit=1001", "limit"),
        ("people?limit=many", "limit"),
        ("people?after=-1", "after"),
        ("people?after=99999999999", "after"),
        ("people?nonsense=1", "nonsense"),
        ("engagements?first=2026-02-30", "first"),
        ("engagements?first=0", "first"),
        ("engagements?last=", "last"),
        ("people?limit=1.0", "limit"),
        ("figures?first=0001-01-01&last=0002-01-01", "no span"),
        ("figures?first=2026-01-01", "both first and last"),
        ("figures?first=2026-12-31&last=2026-01-01", "earlier day first"),
        ("figures?scope=everyone", "scope"),
        ("figures?scope=person:", "scope"),
    ],
)
async def test_a_mistake_is_named(reader: Reader, path: str, said: str) -> None:
    """400, and which parameter."""
    status, body = await reader.get(path)
    assert status == 400
    assert said in f"{body['title']} {body['detail']}"
