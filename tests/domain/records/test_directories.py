"""Names are indexed once, and again when they have changed."""

from sqlmodel import Session, select

from bot.database import Database
from bot.domain.engagements import customers
from bot.domain.engagements.customers import Customer
from bot.domain.people import names as staff
from bot.domain.people.people import Person


def names(session: Session) -> set[str]:
    """Every customer's name in the directory."""
    return {one.name for one in customers.directory(session)}


def test_a_directory_is_kept_until_a_name_changes(database: Database) -> None:
    """Asked again it is the very same; after a name is added, changed, aliased or gone it isn't, and holds what is there now."""
    with database.session() as session:
        session.add(Customer.named("Zenith Cranes"))
    with database.session() as session:
        first = customers.directory(session)
        assert customers.directory(session) is first
    for change in ("renamed", "aliased", "deleted"):
        with database.session() as session:
            found = session.exec(select(Customer).where(Customer.folded_name == "zenith cranes")).one()
            if change == "renamed":
                found.name = "Zenith Cranes Ltd"
            elif change == "aliased":
                found.aliases = ["ZC"]
            else:
                session.delete(found)
        with database.session() as session:
            again = customers.directory(session)
            assert again is not first, change
            first = again
    with database.session() as session:
        assert not names(session) & {"Zenith Cranes", "Zenith Cranes Ltd"}


def test_what_is_rolled_back_was_never_there(database: Database) -> None:
    """A transaction sees its own names, and nobody else sees them unless it is committed."""
    with database.session() as session:
        session.add(Customer.named("Never Saved"))
        session.flush()
        assert "Never Saved" in names(session)
        session.rollback()
    with database.session() as session:
        assert "Never Saved" not in names(session)


def test_whoever_leaves_is_found_no_more(database: Database) -> None:
    """The directory of people holds who works here."""
    with database.session() as session:
        session.add(Person.known("zoe@firm.example", "Zoë Quill", "UTC", ()))
    with database.session() as session:
        assert any(one.name == "Zoë Quill" for one in staff.directory(session))
        session.exec(select(Person).where(Person.email == "zoe@firm.example")).one().active = False
    with database.session() as session:
        assert not any(one.name == "Zoë Quill" for one in staff.directory(session))
