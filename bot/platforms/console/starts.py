"""Who to begin as: an executive, somebody of the CX office and an employee, each with one line to try."""

from __future__ import annotations

from sqlmodel import Session, col, select

from bot.database import Database
from bot.domain.engagements.customers import Customer
from bot.domain.people.people import Person, Role
from bot.domain.promises.commitments import Commitment, CommitmentState
from bot.platforms.console.contract import ConsolePerson, Start

_CHIEF = "chief executive"


def shown(person: Person) -> ConsolePerson:
    """A person as the console lists them."""
    return ConsolePerson(person.email, person.name, tuple(person.roles), person.department, person.zone)


def found(database: Database) -> list[Start]:
    """Up to three to begin as, those there are. The chief executive is told by their title."""
    with database.session() as session:
        everyone = session.exec(select(Person).where(col(Person.active), ~col(Person.guest)).order_by(Person.name)).all()
        executives = sorted((one for one in everyone if one.has(Role.EXECUTIVE)), key=lambda one: not _is_chief(one))
        office = [one for one in everyone if one.has(Role.CX_OFFICE)]
        owners = set(session.exec(select(Commitment.owner_id).where(Commitment.state == CommitmentState.OPEN)))
        staff = [one for one in everyone if not set(one.roles) - {Role.EMPLOYEE.value}]
        staff = sorted(staff, key=lambda one: one.key not in owners)
        return [
            *(_executive(session, one) for one in executives[:1]),
            *(
                Start(shown(one), "the CX office", "See who met a customer this quarter", "/participation company")
                for one in office[:1]
            ),
            *(Start(shown(one), "an employee", "See what you have to do for customers", "/commitments") for one in staff[:1]),
        ]


def _is_chief(person: Person) -> bool:
    return person.title.casefold().startswith(_CHIEF)


def _executive(session: Session, person: Person) -> Start:
    own = select(Customer.name).order_by(col(Customer.owner_id) != person.key, Customer.name).limit(1)
    customer = session.exec(own).first()
    line = (
        f"/logvisit {customer} yesterday: they would like to hear from us before a problem, not after" if customer else "/logvisit"
    )
    return Start(shown(person), f"the {_CHIEF}" if _is_chief(person) else "an executive", "Log a visit from one line", line)
