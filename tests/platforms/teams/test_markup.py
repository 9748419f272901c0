"""A message's HTML as its readers saw it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.teams.markup import message_text, plain


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Two lines<br>and <b>bold</b></p>", "Two lines\nand bold"),
        ("<div><at id='0'>Emil Novak</at>&nbsp;will call &amp; write</div>", "@Emil Novak will call & write"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<script>alert('x')</script><style>p{}</style>seen", "seen"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("never <b closed <p>and</i> odd", "never and odd"),
        ("<p>by Friday <img alt='😀'/></p>", "by Friday 😀"),
        ("<script>never closed", ""),
        ("", ""),
    ],
)
def test_the_words_of_it(markup: str, words: str) -> None:
    """Lines where there are paragraphs, names where there are mentions, nothing of what isn't shown."""
    assert plain(markup) == words


@given(st.text())
def test_anything_can_be_read(markup: str) -> None:
    """No text is so broken that it raises."""
    assert isinstance(plain(markup), str)


@pytest.mark.parametrize("body", [None, "x", [], {}, {"content": None}, {"content": 7, "contentType": "html"}])
def test_a_body_that_is_none(body: object) -> None:
    """A deleted message has no words."""
    assert message_text(body) == ""


def test_plain_text_is_taken_as_it_is() -> None:
    """What a client sends as text isn't read as HTML."""
    assert message_text({"contentType": "text", "content": " 1 < 2 <b> "}) == "1 < 2 <b>"
