"""Text in and out of Slack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.text import cut, escape, length, mentioned, split, unescape, unwrap


@pytest.mark.parametrize(
    ("arrived", "typed"),
    [
        ("<@U1|ann>", "@ann"),
        ("<@U1>", "@Ann Wu"),
        ("<@U2>", "@U2"),
        ("<#C1|sales> <#C2|>", "#sales #C2"),
        ("<https://a.example|a.example>", "https://a.example"),
        ("<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"),
        ("<https://a.example|the report>", "the report (https://a.example)"),
        ("<mailto:x@y.example|x@y.example>", "x@y.example"),
        ("<tel:+4912|+4912>", "+4912"),
        ("<!channel> <!here> <!subteam^S1|@support> <!subteam^S2> <!date^1^{date}|23 May>", "@channel @here @support @S2 23 May"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&lt;@U1&gt; &amp;lt;", "<@U1> &lt;"),
        ("a <b> c", "a <b> c"),
        ("“Acme Corp”\u00a0visited", "“Acme Corp”\u00a0visited"),
    ],
)
def test_rewriting_is_undone(arrived: str, typed: str) -> None:
    """What Slack made of typed text is turned back into it."""
    assert unwrap(arrived, {"U1": "Ann Wu"}) == typed


def test_only_unnamed_mentions_are_looked_up() -> None:
    """A mention that brings its name needs no look-up."""
    assert mentioned("<@U1> <@W2> <@U3|bob> <#C1>") == {"U1", "W2"}


@given(st.text())
def test_escaping_is_undone(text: str) -> None:
    """Escaped text has no bare sign of Slack's and reads back the same."""
    assert not {"<", ">"} & set(escape(text))
    assert unescape(escape(text)) == text
    assert unwrap(escape(text)) == text


@given(st.text(alphabet="ab. \n&<😀", max_size=400), st.integers(12, 60))
def test_pieces_fit_and_lose_nothing(text: str, limit: int) -> None:
    """Pieces keep the limit as Slack counts, and joined are the text again."""
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(length(piece) <= limit for piece in pieces)


@given(st.text(alphabet="ab &<😀", max_size=200), st.integers(12, 60))
def test_a_cut_text_fits_and_shows_it(text: str, limit: int) -> None:
    """Cut text keeps the limit and ends visibly; text that fits is left alone."""
    short = cut(text, limit, "… more")
    assert length(short) <= limit
    assert short == text or short.endswith("… more")


def test_text_is_split_at_words() -> None:
    """A piece ends after a line, else a sentence, else a word."""
    assert split("one two three\nfour five", 15) == ["one two three\n", "four five"]
    assert split("One two. Three four", 15) == ["One two. ", "Three four"]
    assert split("onetwothree four", 14) == ["onetwothree ", "four"]
