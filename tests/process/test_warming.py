"""What takes long the first time is done before anybody asks."""

from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.people import names
from bot.process.warming import warm
from tests.conftest import World
from tests.statements import statements


def test_the_first_request_reads_no_names(world: World, database: Database) -> None:
    """It only asks whether those that were read still hold: a statement for customers, one for colleagues."""
    warm(database)
    with database.session() as session, statements(database) as sent:
        assert customers.directory(session)
        assert names.directory(session)
    assert len([one for one in sent if "hashtextextended" in one]) == 2
    assert world.ids
