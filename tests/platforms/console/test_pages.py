"""The console's addresses, as a browser uses them."""

from __future__ import annotations

import asyncio

import pytest

from bot.commands import Platform
from tests.platforms.console.conftest import Console
from tests.platforms.console.fake_bot import MARA, OMAR


async def test_page_asks_who_one_is(console: Console) -> None:
    """Without a person the page lists everybody, with role and department, and says that it's all made up."""
    page = await (await console.client.get("/")).text()
    assert "Mara Lindqvist" in page
    assert "CX office · Customer Office" in page
    assert "Sample data" in page


async def test_page_says_who_to_start_with(console: Console) -> None:
    """Each with one line to try, which is in the box when one gets there; not beside the answer to a search."""
    page = await (await console.client.get("/")).text()
    assert "<bdi>Mara</bdi>, the chief executive" in page
    assert 'href="/?as=mara%40brightwater.example&amp;say=/logvisit%20Nordhavn%3A%20six%20weeks%20%26%20more"' in page
    assert "Start with" not in await (await console.client.get("/?find=omar")).text()


async def test_page_of_an_unknown_person_says_so(console: Console) -> None:
    """An address nobody has is answered with the list, and not as if it were somebody."""
    response = await console.client.get("/", params={"as": "<b>@nowhere.example"})
    assert response.status == 404
    assert "&lt;b&gt;@nowhere.example" in await response.text()


async def test_page_allows_nothing_from_elsewhere(console: Console) -> None:
    """The page's policy forbids inline and foreign scripts and styles, and the page has none."""
    response = await console.client.get("/", params={"as": MARA.email})
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = await response.text()
    assert " style=" not in page
    assert "https://" not in page


@pytest.mark.parametrize("name", ["console.css", "cards.css", "console.js", "forms.js", "icon.svg"])
async def test_static_files_are_there(console: Console, name: str) -> None:
    """The page's own files are served, and asked for afresh after an upgrade."""
    response = await console.client.get(f"/static/console/{name}")
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "10.0.0.1"])
async def test_other_names_are_refused(console: Console, host: str) -> None:
    """A name of somebody else's that leads to this machine gets nothing."""
    for path in ("/", f"/events?as={MARA.email}", f"/options?as={MARA.email}&source=customers&q="):
        response = await console.client.get(path, headers={"Host": host})
        assert response.status == 403
        assert "Mara" not in await response.text()


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:80"])
async def test_names_of_this_machine_are_taken(console: Console, host: str) -> None:
    """Each name of this machine opens the page."""
    assert (await console.client.get("/", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:1"}, {"Sec-Fetch-Site": "cross-site"}],
)
async def test_posts_from_other_sites_are_refused(console: Console, headers: dict[str, str]) -> None:
    """Another page open in the same browser can't speak for anybody."""
    assert (await console.post("/say", text="/help", headers=headers)).status == 403
    assert console.dispatcher.asked == []


async def test_posts_from_the_page_are_taken(console: Console) -> None:
    """The page's own origin may post."""
    origin = f"http://127.0.0.1:{console.client.port}"
    assert (await console.post("/say", text="/help", headers={"Origin": origin})).status == 200


async def test_only_json_is_taken(console: Console) -> None:
    """A plain form, which any page may post, is refused; broken JSON is answered in words."""
    assert (await console.client.post("/say", data={"as": MARA.email, "text": "/help"})).status == 415
    response = await console.client.post("/say", data="{", headers={"Content-Type": "application/json"})
    assert response.status == 400
    assert "Reload" in (await response.json())["problem"]


async def test_saying_something(console: Console) -> None:
    """What was typed goes to its command in the person's name, and comes back with the answer."""
    outcome = await console.outcome("/say", text="  /LogVisit Acme yesterday: six weeks ")
    typed, answer = outcome["messages"]
    assert "/LogVisit Acme yesterday: six weeks" in typed["html"]
    assert "data-form" in answer["html"]
    inbound = console.dispatcher.asked[-1]
    assert (inbound.command, inbound.text) == ("logvisit", "Acme yesterday: six weeks")
    assert (inbound.sender.platform, inbound.sender.user_id, inbound.sender.email) == (Platform.CONSOLE, MARA.email, MARA.email)


async def test_nothing_shows_when_the_bot_fails(console: Console) -> None:
    """A failure leaves the conversation as it was, and the same event may be sent again."""
    console.dispatcher.failing = True
    assert (await console.post("/say", text="/journey", event_id="the-same-event")).status == 500
    console.dispatcher.failing = False
    assert len((await console.outcome("/say", text="/journey", event_id="the-same-event"))["messages"]) == 2
    async with console.stream() as stream:
        said, _ = await stream.until_ready()
    assert len(said) == 3


async def test_an_event_posted_twice_counts_once(console: Console) -> None:
    """Two posts of one event, even at the same moment, get one answer and one message."""
    console.dispatcher.slow = 0.05
    first, second = await asyncio.gather(*(console.outcome("/say", text="/journey", event_id="twice-posted") for _ in range(2)))
    assert first == second
    assert len(console.dispatcher.asked) == 1


async def test_button_replaces_its_card(console: Console) -> None:
    """The answer to a button that replaces takes the place of the card it was on."""
    card = (await console.outcome("/say", text="/help"))["messages"][1]
    outcome = await console.outcome("/press", command="nothing", args={"prompt": "7"}, key=card["key"], replaces=True)
    assert [one["key"] for one in outcome["messages"]] == [card["key"]]
    assert outcome["messages"][0]["version"] > card["version"]
    assert console.dispatcher.asked[-1].args == {"prompt": "7"}


async def test_button_opens_a_form_and_its_answer_arrives(console: Console) -> None:
    """A form from a button is for a dialog; with errors it comes back there, and its confirmation joins the conversation."""
    form = (await console.outcome("/press", command="logvisit", opens_form=True))["dialog"]
    assert "data-form" in form["html"]
    again = await console.outcome("/submit", command="logvisit", args={"form_id": "f1"}, answers={"heard": ""})
    assert "Say what you heard" in again["dialog"]["html"]
    assert again["messages"] == []
    done = await console.outcome("/submit", command="logvisit", args={"form_id": "f1"}, answers={"heard": "Six weeks"})
    assert done["dialog"] is None
    assert "Logged: visit" in done["messages"][0]["html"]
    async with console.stream() as stream:
        said, _ = await stream.until_ready()
    assert [("data-form" in one["html"]) for one in said] == [False, False]


async def test_confirmation_takes_the_forms_place(console: Console) -> None:
    """A form in the conversation is replaced by itself with errors, then by what was saved."""
    form = (await console.outcome("/say", text="/logvisit Acme"))["messages"][1]
    again = await console.outcome("/submit", command="logvisit", answers={"heard": ""}, key=form["key"])
    done = await console.outcome("/submit", command="logvisit", answers={"heard": "Six weeks", "with": ["1", "2"]}, key=form["key"])
    assert again["messages"][0]["key"] == done["messages"][0]["key"] == form["key"]
    assert console.dispatcher.asked[-1].form == {"heard": "Six weeks", "with": ["1", "2"]}


async def test_button_of_an_earlier_run_still_works(console: Console) -> None:
    """A page left open while the program was restarted can press on: the answer keeps the place the page knows."""
    outcome = await console.outcome("/press", command="nothing", key="0a1b2c3d-12", replaces=True)
    assert outcome["messages"][0]["key"] == "0a1b2c3d-12"


async def test_options_and_completions(console: Console) -> None:
    """Search fields and the message box ask while one types."""
    options = await (
        await console.client.get("/options", params={"as": MARA.email, "source": "customers", "q": "customer 14"})
    ).json()
    assert [one["label"] for one in options] == ["Customer 14", *(f"Customer 14{n}" for n in range(10))]
    completions = await (await console.client.get("/completions", params={"as": MARA.email})).json()
    assert completions[0] == {
        "name": "logvisit",
        "usage": "[customer, when: what you heard]",
        "help": "Log a visit: who you met and what you heard",
    }


async def test_unknown_people_are_told(console: Console) -> None:
    """Nothing can be done in the name of nobody."""
    response = await console.post("/say", who="nobody@brightwater.example", text="/help")
    assert response.status == 404
    assert "nobody@brightwater.example" in (await response.json())["problem"]


async def test_preview_is_the_platforms_json(console: Console) -> None:
    """A card or form can be looked at as each platform's JSON; what is no card can't."""
    typed, card = (await console.outcome("/say", text="/journey"))["messages"]
    preview = await (await console.client.get("/preview", params={"as": MARA.email, "key": card["key"]})).json()
    assert set(preview) == {"slack", "teams"}
    assert '"title": "What our customers go through"' in preview["slack"]
    assert (await console.client.get("/preview", params={"as": MARA.email, "key": typed["key"]})).status == 404


async def test_moving_the_clock(console: Console) -> None:
    """The clock goes to tomorrow 09:00 where the company is, for everybody, and the conversation notes what happened."""
    moved = await console.outcome("/clock", to="morning")
    assert moved["now"] == "2026-11-26T08:00:00+00:00"
    assert "It is now Thu 26 Nov 09:00." in moved["messages"][0]["html"]
    assert "Asks executives" in moved["messages"][0]["html"]
    there = await console.outcome("/clock", who=OMAR.email, to="hour")
    assert "It is now Thu 26 Nov 10:00." in there["messages"][0]["html"]
    assert "Nobody was asked" in there["messages"][0]["html"]


async def test_clock_goes_forward_only(console: Console) -> None:
    """A time that is past is refused in words."""
    response = await console.post("/clock", to="2026-01-01T09:00")
    assert response.status == 422
    assert "past" in (await response.json())["problem"]


async def test_a_button_and_a_form_of_another_version(console: Console) -> None:
    """The card and the form stay where they are; the answer comes below."""
    shown = (await console.outcome("/say", text="/journey"))["messages"][-1]["key"]
    pressed = await console.outcome("/press", command="tick-off", key=shown, replaces=True)
    sent = await console.outcome("/submit", command="tick-off", answers={"heard": "six weeks"}, key=shown)
    assert "six weeks" in sent["messages"][0]["html"]
    for outcome in (pressed, sent):
        assert outcome["dialog"] is None
        (answer,) = outcome["messages"]
        assert answer["key"] != shown
        assert "from an older version" in answer["html"]
