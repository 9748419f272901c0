"""Charts: as SVG, as a table, in words; and what each platform makes of one."""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pydantic import ValidationError

from bot.cards import Card, Chart, Series
from bot.platforms.console.html import render_card as page_card
from bot.platforms.console.text import render_text
from bot.platforms.slack.blocks import render_card
from bot.platforms.teams.adaptive import render_activity
from bot.web.drawing.svg import STATIC, svg, table
from bot.web.drawing.words import told

QUARTERS = ("Jan–Mar 25", "Apr–Jun 25", "Jul–Sep 25", "Oct–Dec 25", "Jan–Mar 26", "Apr–Jun 26", "Jul–Sep 26", "Oct–Dec 26")
TREND = Chart(
    title="Pledges met",
    alt="40% of pledges are met this far.",
    labels=QUARTERS,
    series=(
        Series(name="Met", values=(None, None, 10, 20, None, 35, 50, 40)),
        Series(name="Kept", values=(None,) * 7 + (100,)),
    ),
    style="line",
    unit="%",
)
KINDS = Chart(title="By kind", alt="12 in all.", labels=("Visit", "Call"), series=(Series(name="Engagements", values=(7, 5.5)),))


def chart(*values: float | None, labels: tuple[str, ...] = ()) -> Chart:
    """A chart of one series."""
    names = labels or tuple(f"L{number}" for number in range(len(values)))
    return Chart(title="T", alt="A sentence.", labels=names, series=(Series(name="S", values=values),))


ODD = {
    "nothing": Chart(title="T", alt="A sentence.", labels=(), series=()),
    "no values": chart(),
    "only gaps": chart(None, None),
    "one": chart(3),
    "nought": chart(0, 0),
    "below nought": chart(-5, 5),
    "large": chart(1e9, 1),
    "small": chart(0.001),
    "many": chart(*range(40)),
    "markup": chart(1, labels=("<script>alert(1)</script>",)),
    "long": chart(1, 2, labels=("x" * 300, "y" * 300)),
    "long names": chart(1).model_copy(update={"series": tuple(Series(name="n" * size, values=(1,)) for size in (20, 30, 300))}),
    "crowded": chart(*range(40)).model_copy(
        update={"series": tuple(Series(name=f"S{place}", values=tuple(range(40))) for place in range(6))}
    ),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("style", ["bars", "line"])
def test_any_chart_is_drawn_and_told_everywhere(name: str, style: Any) -> None:
    """Well-formed, inside its frame, with no style or script of its own; no platform chokes on it."""
    one = ODD[name].model_copy(update={"style": style})
    drawn = svg(one)
    root = ET.fromstring(drawn)  # noqa: S314 - what we just wrote
    assert root.attrib["role"] == "img"
    assert "style" not in "".join(f" {key}" for element in root.iter() for key in element.attrib)
    assert "<script" not in drawn
    for element in root.iter():
        for key in ("x", "y", "cx", "cy", "width", "height"):
            assert 0 <= float(element.attrib.get(key, 0)) <= 480, (element.tag, key)
    for left, right, y in texts(root):
        assert 0 <= left < right <= 481, "cut off at an edge"
        assert 0 < y <= 240
    card = Card(title="Figures", blocks=(one,))
    for shown in (str(page_card(card)), render_text(card), str(render_card(card)), str(render_activity(card))):
        assert "A sentence." in shown


def texts(root: ET.Element) -> list[tuple[float, float, float]]:
    """Where each text of a picture begins and ends, as wide as a phone shows it, and its line."""
    share = {"chart-tick": 1.0, "chart-key": 0.0, "chart-value beside": 0.0}
    found = []
    for one in root.iter("text"):
        wide = 8.4 * len(one.text or "")
        left = float(one.attrib["x"]) - wide * share.get(one.attrib["class"], 0.5)
        found.append((left, left + wide, float(one.attrib["y"])))
    return found


CLOSE = TREND.model_copy(
    update={
        "series": tuple(
            Series(name=f"{name} of our customers in Europe", values=(10, 20, 30, 40, 50, 60, 70, last))
            for name, last in (("One", 60), ("Two", 62), ("Three", 0), ("Four", 0), ("Five", 100), ("Six", 100))
        )
    }
)


NAMED = chart(1, 2, 3, 4, 5, labels=("Visit", "Call", "Briefing", "Listening session", "Frontline day"))


@pytest.mark.parametrize("one", [TREND, KINDS, CLOSE, CLOSE.model_copy(update={"style": "bars"}), ODD["long"], ODD["many"], NAMED])
def test_no_text_runs_into_another(one: Chart) -> None:
    """Values of lines that end close to each other, long names in the legend, and long labels all can be read on a phone."""
    found = texts(ET.fromstring(svg(one)))  # noqa: S314 - what we just wrote
    for place, (left, right, y) in enumerate(found):
        for other_left, other_right, other_y in found[place + 1 :]:
            assert right <= other_left or other_right <= left or abs(y - other_y) >= 12, (left, other_left, y)


@pytest.mark.parametrize(("most", "top"), [(9, 12), (13, 16), (17, 20), (21, 40), (100, 120), (1e9, 1.2e9)])
def test_the_highest_bar_reaches_more_than_half_way_up(most: float, top: float) -> None:
    """Nine on a scale to twenty would look like little."""
    assert f">{top:,.0f}</text>" in svg(chart(most))


def test_a_long_name_takes_two_lines() -> None:
    """Bars whose names are cut could be anything."""
    drawn = svg(NAMED)
    for part in (">Listening<", ">session<", ">Frontline<", ">day<"):
        assert part in drawn


def test_the_picture_says_what_it_shows() -> None:
    """For those who don't see it: title, sentence, and ids of its own on a page with several."""
    first, second = svg(TREND), svg(TREND)
    assert "<title" in first
    assert "40% of pledges are met this far." in first
    assert re.findall(r'id="([^"]+)"', first) != re.findall(r'id="([^"]+)"', second)


def test_a_gap_is_a_gap() -> None:
    """A quarter without anything breaks the line: it isn't zero."""
    assert svg(TREND).count("<polyline") == 3
    assert table(TREND)[1] == ("Jan–Mar 25", "–", "–")
    assert table(TREND)[-1] == ("Oct–Dec 26", "40%", "100%")


def test_words_tell_the_same() -> None:
    """A few things by name and number, a trend as a run of bars with its last value."""
    assert told(KINDS) == ["Visit: 7", "Call: 5.5"]
    assert told(TREND) == ["Met: ··▂▂·▃▅▄ 40% in Oct–Dec 26", "Kept: ·······█ 100% in Oct–Dec 26"]


def test_teams_draws_it_itself_and_has_words_for_others() -> None:
    """A line with a series each, bars alone or in groups; and a fallback with every number."""
    body = render_activity(Card(title="F", blocks=(TREND, KINDS)))["attachments"][0]["content"]["body"]
    line, bars = (one for one in body if one["type"].startswith("Chart."))
    assert (line["type"], bars["type"]) == ("Chart.Line", "Chart.VerticalBar")
    assert [one["legend"] for one in line["data"]] == ["Met", "Kept"]
    assert line["data"][1]["values"] == [{"x": "Oct–Dec 26", "y": 100}]
    assert bars["data"] == [{"x": "Visit", "y": 7}, {"x": "Call", "y": 5.5}]
    assert "Visit: 7" in str(bars["fallback"])


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_value_that_is_no_number_is_refused(value: float) -> None:
    """At construction, not in somebody's chat."""
    with pytest.raises(ValidationError):
        chart(value)


def test_a_series_has_a_value_for_each_label() -> None:
    """None says that there is none."""
    with pytest.raises(ValidationError, match="as many values"):
        Chart(title="T", alt="A", labels=("a", "b"), series=(Series(name="S", values=(1,)),))


def test_the_colours_are_in_the_style_sheet() -> None:
    """Every class that a picture uses."""
    sheet = (STATIC / "chart.css").read_text()
    for name in set(re.findall(r'class="([^"]+)"', svg(TREND) + svg(KINDS))):
        for part in name.split():
            assert f".{part}" in sheet, part
