"""What is shown as a link, wherever it comes back from."""

from __future__ import annotations

import pytest

from bot.cards import Card, Form
from bot.commands import Inbound
from bot.domain.words.addresses import is_address
from tests.conftest import World, button, words

GOOD = (
    "https://a.example",
    "https://a.example:8443/x?y=1&z=%20#end",
    "https://firm.slack.com/archives/C1/p1600000000000100?thread_ts=1.2&cid=C1",
    "https://teams.microsoft.com/l/message/19:abc@thread.tacv2/1600000000000?tenantId=1&groupId=2",
    "https://müller.example/ü",
    "https://[2001:db8::1]/x",
    "https://files/report",
)
BAD = (
    *("", "https://", "https:///x", "http://a.example", "HTTPS://a.example", "//a.example", "a.example", " https://a.example"),
    *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https:a.example", "slack://x", "tg://x"),
    *(
        "https://a.example/ x",
        "https://a.example/\n",
        "https://a.example/\u202egpj.exe",
        "https://a.example/\u200b",
        "https://a.example/\x00",
    ),
    *(
        "https://a.example|evil>",
        "https://a.example<x",
        'https://a.example"x',
        "https://a.example\\x",
        "https://good.example@evil.example",
    ),
    *("https://a.example:x/", "https://a.example:99999/", "https://[x", "https://a.example/" + "x" * 1_200),
)


@pytest.mark.parametrize("address", GOOD)
def test_addresses(address: str) -> None:
    """What browsers and platforms read alike."""
    assert is_address(address)


@pytest.mark.parametrize("address", BAD)
def test_what_is_none(address: str) -> None:
    """Other schemes, no host, names that hide the host, signs that end or hide a part."""
    assert not is_address(address)


SENT = [one for one in BAD if "\x00" not in one]
"""What no command is ever given is left out: control characters are taken out of everything before."""


def test_a_forged_link_to_a_message_is_left_out(world: World) -> None:
    """A form's args come back from the client, changed or not: the promise is saved, without that link, and with an excerpt of the text."""
    for link in SENT:
        args = {"source_link": link, "source_text": "w " * 5_000, "source_ref": "x" * 5_000}
        form = world.application.dispatcher.handle(Inbound(world.sender("ada"), "commit", "send the report by Friday", args=args))
        assert isinstance(form, Form)
        assert "source_link" not in form.args
        assert len(form.args["source_text"]) <= 1_500
        saved = world.fill(form.model_copy(update={"args": {**form.args, **args}}), "ada", owner=str(world.ids["emil"]))
        assert isinstance(saved, Card), saved
        kept = [one.after for one in world.history("commitments") if one.after and "source_link" in one.after][-1]
        assert (kept["source_link"], kept["source_ref"], len(kept["source_text"]) <= 1_500) == ("", "", True), link


def test_a_link_to_what_was_done_is_checked(world: World) -> None:
    """It is typed: the form says what is wrong, with everything still in it."""
    world.fill(world.say("/commit @Emil to send Acme Corp the report by Friday", "ada"), "ada")
    done = world.press(button(world.say("/commitments", "emil"), "Done"), "emil")
    for link in [one for one in SENT if one and one == one.strip()]:
        again = world.fill(done, "emil", note="Sent", link=link)
        assert isinstance(again, Form), again
        assert "starts with https://" in again.errors["link"]
        assert again.answers["note"] == "Sent"
    assert "Sent" in words(world.fill(done, "emil", note="Sent", link="https://files.example/r"))
