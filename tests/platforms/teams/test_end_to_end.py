"""An executive logs a visit in Teams, from the typed command to the stored engagement: the real dispatcher on PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.engagements.engagements import Engagement
from tests.conftest import World as Company
from tests.platforms.teams.shown import actions, check, inputs, texts
from tests.platforms.teams.test_forms import submitted
from tests.platforms.teams.world import World, card_of
from tests.platforms.teams.world import world as served

TYPED = "/logvisit Globex yesterday with their CFO: onboarding takes &lt;at&gt; *six* weeks"


def _met(teams: World) -> None:
    teams.teams.members["29:ada"] = {"email": "ada@firm.example", "userRole": "user"}


async def test_visit_is_logged_from_a_typed_command(world: Company) -> None:
    """`/logvisit` with text brings the filled form, the customer is found by searching, and saving stores it once and confirms."""
    async with served(world.application.dispatcher) as teams:
        _met(teams)
        await teams.typed(TYPED)
        form = card_of(teams.teams.sent()[-1])
        check(form)
        customer = inputs(form)["search-customer"]
        assert customer["choices"][0]["title"].startswith("Globex")
        assert customer["value"] == customer["choices"][0]["value"]
        _, found = await teams.invoke("application/search", {"queryText": "acme", "dataset": customer["choices.data"]["dataset"]})
        assert [one["title"].split(" · ")[0] for one in found["value"]["results"]][:2] == ["Acme Corp", "Acme Health"]
        data = submitted(form)
        first, second = [await teams.press(data) for _ in range(2)]
        assert first == second
        check(first["value"])
        assert any("Globex" in text for text in texts(first["value"]))
    with world.database.session() as session:
        (engagement,) = session.scalars(sa.select(Engagement)).all()
        assert "onboarding takes <at> *six* weeks" in engagement.heard


async def test_empty_form_says_what_is_missing_at_its_field(world: Company) -> None:
    """Submitting nothing brings the domain's own words to the fields, and stores nothing."""
    async with served(world.application.dispatcher) as teams:
        _met(teams)
        await teams.typed("logvisit")
        data = submitted(card_of(teams.teams.sent()[-1]))
        empty = {name: value for name, value in data.items() if "-" not in name}
        body = await teams.press(empty)
        assert [text for text in texts(body["value"]) if text.startswith("⚠️")]
    with world.database.session() as session:
        assert session.scalars(sa.select(Engagement)).all() == []


async def test_stranger_is_told_how_to_get_access(world: Company) -> None:
    """Somebody the company doesn't know is told whom to ask, and sees nothing of anyone's."""
    async with served(world.application.dispatcher) as teams:
        await teams.typed("customer Acme")
        said = " ".join(texts(card_of(teams.teams.sent()[-1])))
        assert "cx@firm.example" in said
        assert "Acme Corp" not in said


async def test_every_command_answers_in_teams(world: Company) -> None:
    """Every listed command, typed by an executive, brings a message that Teams takes."""
    listed = [name for name, command in world.application.dispatcher.commands.items() if command.listed]
    async with served(world.application.dispatcher) as teams:
        _met(teams)
        for name in listed:
            await teams.typed(f"/{name}")
        assert len(teams.teams.sent()) == len(listed)
        for message in teams.teams.sent():
            check(card_of(message))


async def test_a_visit_told_in_plain_words_brings_the_filled_form(world: Company) -> None:
    """In the chat with the bot, with the question beside the day that can't be told."""
    async with served(world.application.dispatcher) as teams:
        _met(teams)
        await teams.typed("saw Globex last week, they said the water is fine")
        form = card_of(teams.teams.sent()[-1])
        check(form)
        assert inputs(form)["search-customer"]["choices"][0]["title"].startswith("Globex")
        assert "value" not in inputs(form)["date-happened_on"]
        assert any(text.startswith("❓") for text in texts(form))
        body = await teams.press(submitted(form, {"date-happened_on": "2026-11-20"}))
        assert any("Globex" in text for text in texts(body["value"]))


async def test_a_mistyped_command_is_asked_about_and_done_by_its_button(world: Company) -> None:
    """The button brings the form with what followed the mistyped command."""
    async with served(world.application.dispatcher) as teams:
        _met(teams)
        await teams.typed("/logvist Globex yesterday: slow")
        card = card_of(teams.teams.sent()[-1])
        assert "Did you mean /logvisit?" in texts(card)
        (action,) = actions(card)
        _, answer = await teams.invoke("task/fetch", {"data": action["data"]})
        form = answer["task"]["value"]["card"]["content"]
        assert inputs(form)["text-heard"]["value"] == "slow"
