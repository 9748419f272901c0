"""The command line's `accounts`: list, unlink, and which wouldn't be linked today."""

from __future__ import annotations

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.__main__ import main
from bot.cli.checking import check_with
from bot.domain.access import sign_ins
from bot.domain.access.sign_ins import SignInLink, WebSession
from bot.domain.people import people
from bot.domain.people.people import Account, Platform
from bot.platforms.slack.client import SlackClient
from bot.platforms.slack.sender import SlackSender
from tests.conftest import World
from tests.places import COMPANY
from tests.platforms.slack.fake_slack import BOT_TOKEN, FakeSlack

RUN = CliRunner()


@pytest.fixture
def config(migrated: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tests' company."""
    monkeypatch.setenv("DATABASE_URL", migrated.replace("+psycopg", ""))
    monkeypatch.setenv("COLUMNS", "200")
    return ["--config", str(COMPANY)]


def linked(world: World) -> int:
    """Ada's account, linked before anybody vouched for it, and Bruno's; the id of the first."""
    with world.database.session() as session:
        ada = Account(platform=Platform.SLACK, tenant="T1", user_id="U7", person_id=world.ids["ada"], seen_at=world.clock())
        session.add(ada)
        people.get(session, world.ids["bruno"]).link(Platform.SLACK, "T1", "U8", world.clock())
        session.flush()
        assert ada.id is not None
        return ada.id


def test_the_list_is_by_person_and_can_be_narrowed(world: World, config: list[str]) -> None:
    """Each account with its id; one nobody vouched for says so."""
    assert "No account is linked yet" in RUN.invoke(main, ["accounts", "list", *config]).stdout
    linked(world)
    everybody = RUN.invoke(main, ["accounts", "list", *config]).stdout
    assert "U7" in everybody
    assert "never" in everybody
    one = RUN.invoke(main, ["accounts", "list", "--email", "BRUNO", *config]).stdout
    assert ("U7" in one, "U8" in one) == (False, True)


def test_unlinking_signs_out_and_is_on_the_audit_trail(world: World, config: list[str]) -> None:
    """The account is gone, and so are the person's sessions and links; nobody else's."""
    key = linked(world)
    with world.database.session() as session:
        for name in ("ada", "bruno"):
            sign_ins.begin(session, world.ids[name], world.clock())
            sign_ins.link_for(session, people.get(session, world.ids[name]), world.clock())
    told = RUN.invoke(main, ["accounts", "unlink", str(key), *config])
    assert told.exit_code == 0, told.output
    assert "ada@firm.example" in told.stdout
    with world.database.session() as session:
        assert [one.user_id for one in session.exec(select(Account)).all()] == ["U8"]
        assert [one.person_id for one in session.exec(select(WebSession)).all()] == [world.ids["bruno"]]
        assert [one.person_id for one in session.exec(select(SignInLink)).all()] == [world.ids["bruno"]]
    assert world.history("accounts")[-1].after is None


def test_an_account_that_is_not_there(world: World, config: list[str]) -> None:
    """What to do is said."""
    told = RUN.invoke(main, ["accounts", "unlink", "999", *config])
    assert told.exit_code == 1
    assert "outside-in accounts list" in told.output


async def test_those_linked_wrongly_are_found(world: World) -> None:
    """A guest's, with the command that unlinks it; the right one is vouched for from then on; nothing is unlinked."""
    key = linked(world)
    slack = FakeSlack()
    await slack.server.start_server()
    slack.add_user("U7", email="ada@firm.example", is_restricted=True)
    slack.add_user("U8", email="Bruno@Firm.example", team_id="T1")
    client = SlackClient(BOT_TOKEN, slack.url)
    report = await check_with(world.database, {Platform.SLACK: SlackSender(client)})
    assert (report.right, report.unasked) == (1, [])
    (line,) = report.wrong
    assert "ada@firm.example is wrong: the account is a guest's in Slack" in line
    assert f"outside-in accounts unlink {key}" in line
    slack.users["U7"] |= {"is_restricted": False, "profile": {"email": "mallory@firm.example"}}
    (line,) = (await check_with(world.database, {Platform.SLACK: SlackSender(client)})).wrong
    assert "its address there is mallory@firm.example" in line
    none = await check_with(world.database, {}, "ada")
    assert "can't be asked about: its platform is not switched on" in none.unasked[0]
    await client.close()
    await slack.server.close()
