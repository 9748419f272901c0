"""Who gets an update: those in a channel, those whose account came later; and nobody in the name of somebody who left."""

from datetime import date, timedelta

from bot.domain.people import people
from bot.domain.people.people import Person, Platform
from bot.domain.updates.audiences import Audience
from bot.domain.updates.broadcasts import When
from tests.conftest import NOW, button, words
from tests.delivery.conftest import Company


async def test_members_of_a_channel(company: Company) -> None:
    """A channel's members are read when it begins; each is reached in person."""
    company.slack.channels["C1"] = ["U-emil", "U-ada", "U-unknown"]
    company.broadcast(Audience(who=("channel:slack:C1",)))
    await company.settle()
    assert company.slack.copies == {"emil@firm.example": 1, "ada@firm.example": 1}


async def test_a_channel_is_read_when_it_is_chosen(company: Company) -> None:
    """Its id typed in the audience is offered; its members are read, and the author's card counts them."""
    say, press, fill = company.world.say, company.world.press, company.world.fill
    company.slack.channels["C0123ABCD"] = ["U-emil", "U-ada"]
    form = say("/update new", "cleo")
    draft = fill(form, "cleo", title="T", changed="c", means="m", speaker=str(company.world.ids["ada"]))
    found = company.world.application.dispatcher.find_options(company.world.sender("cleo"), "audience", "C0123ABCD")
    fill(press(button(draft, "Audience"), "cleo"), "cleo", who=[found[0].value])
    await company.settle()
    card = [one.cards[-1] for one in company.slack.messages.values() if one.email == "cleo@firm.example"][-1]
    assert "2: Ada Lovell, Emil Novak" in words(card)


async def test_a_channel_that_is_gone_is_not_guessed(company: Company) -> None:
    """Whoever was in an archived channel when it was last read may have left it since: nobody gets it, and its author is told."""
    company.slack.channels["C1"] = ["U-emil"]
    company.broadcast(Audience(who=("channel:slack:C1",)))
    await company.settle()
    del company.slack.channels["C1"]
    company.broadcast(Audience(who=("channel:slack:C1", f"person:{company.world.ids['ada']}")))
    await company.settle()
    assert company.slack.copies == {"emil@firm.example": 1, "cleo@firm.example": 1}
    told = [one.cards[-1] for one in company.slack.messages.values() if one.email == "cleo@firm.example"][-1]
    assert "The members of the channel C1 can't be read" in words(told)


async def test_somebody_whose_account_came_later(company: Company) -> None:
    """Nobody knew her account when the rows were made; by the time she is written to, the conversation is known."""
    with company.world.database.session() as session:
        session.add(Person.known("zoe@firm.example", "Zoe Faro", "Europe/London"))
    company.broadcast(when=When.MORNING, day=date(2026, 11, 26))
    await company.later(hours=1)
    with company.world.database.session() as session:
        zoe = people.by_email(session, "zoe@firm.example")
        assert zoe is not None
        zoe.link(Platform.SLACK, "T1", "U-zoe", NOW).conversation = "D-zoe"
    await company.later(days=1)
    assert company.slack.places["zoe@firm.example"] == "D-zoe"
    assert company.slack.copies["zoe@firm.example"] == 1


async def test_in_the_name_of_somebody_who_left_meanwhile(company: Company) -> None:
    """Ada agreed, and left before its time: nobody gets it, and its author is told to choose somebody else."""
    company.broadcast(when=When.AT, at=NOW + timedelta(hours=2))
    with company.world.database.session() as session:
        people.get(session, company.world.ids["ada"]).active = False
    await company.later(hours=3)
    assert company.states() == {}
    assert company.slack.copies == {"cleo@firm.example": 1}
    (told,) = company.slack.messages.values()
    assert "Ada Lovell has left" in words(told.cards[-1])
