"""Customers: the accounts the company serves, and the people there."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import enum_column
from bot.domain.errors import NotFound, Refusal
from bot.domain.people.people import Person
from bot.domain.records.directories import KeptDirectory
from bot.domain.rights import Action, may
from bot.domain.words.answers import whole
from bot.domain.words.line.directory import Directory
from bot.domain.words.lookalikes import folded, tidy
from bot.domain.words.matching import Candidate, best
from bot.domain.words.typed_text import plain


class Tier(StrEnum):
    """How closely a customer is watched: a key customer that nobody has seen for long is brought up in prompts."""

    KEY = "key"
    STANDARD = "standard"


class Contact(SQLModel, table=True):
    """A person at a customer."""

    __tablename__ = "contacts"
    __table_args__ = (sa.UniqueConstraint("customer_id", "name"),)
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customers.id")
    name: str
    title: str = ""


class Customer(SQLModel, table=True):
    """An account the company serves. Build with `Customer.named`. `unchecked` marks one added in passing, for the CX office to check."""

    __tablename__ = "customers"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded_name: str = Field(unique=True)
    aliases: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.Text))
    segment: str = ""
    tier: Tier = Field(default=Tier.STANDARD, sa_type=enum_column(Tier))
    owner_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    unchecked: bool = False

    owner: Person | None = Relationship()
    contacts: list[Contact] = Relationship()

    @classmethod
    def named(cls, name: str, **more: Any) -> "Customer":
        """A checked customer; Refusal when the name is empty or over 200 characters."""
        name = tidy(plain(name))
        if not folded(name) or len(name) > 200:
            msg = "A customer's name has 1 to 200 characters"
            raise Refusal(msg, "Shorten the name, and put the rest into the note.")
        return cls(name=name, folded_name=folded(name), **more)

    @property
    def key(self) -> int:
        """The id of a saved customer."""
        if self.id is None:
            msg = f"{self.name} is not saved yet"
            raise ValueError(msg)
        return self.id

    def contact(self, name: str) -> Contact:
        """The contact of this name, added when new."""
        name = tidy(plain(name))[:200]
        for contact in self.contacts:
            if folded(contact.name) == folded(name):
                return contact
        contact = Contact(customer_id=self.key, name=name)
        self.contacts.append(contact)
        return contact


def get(session: Session, customer_id: int) -> Customer:
    """The customer with this id; NotFound when there is none."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        msg = "That customer is not known here any more"
        raise NotFound(msg, "Search for it by name.")
    return customer


def named(session: Session, name: str) -> Customer | None:
    """The customer of exactly this name, whatever its case and spacing, and whatever can't be seen in it."""
    return session.exec(select(Customer).where(Customer.folded_name == folded(name))).first()


def add_unchecked(session: Session, name: str) -> Customer:
    """The customer of this name; added, and marked for the CX office to check, when it's new."""
    customer = named(session, name)
    if customer is None:
        customer = Customer.named(name, unchecked=True)
        session.add(customer)
        session.flush()
    return customer


def get_for(session: Session, customer_id: int, actor: Person) -> Customer:
    """The customer with this id, for somebody who may see its page; NotFound says the same of one that isn't there."""
    found = session.get(Customer, customer_id)
    if found is None or not may(actor, Action.SEE_CUSTOMER, found):
        msg = "There is no such customer, or its page isn't yours to see"
        raise NotFound(
            msg, "Executives, their delegates, the CX office and a customer's owner see it. Ask the CX office if you need it."
        )
    return found


def chosen(session: Session, value: str, actor: Person) -> Customer | None:
    """The customer whose id a form brought back, of those whose page `actor` may see; None for any other value."""
    key = whole(value)
    found = session.get(Customer, key) if key is not None else None
    return found if found is not None and may(actor, Action.SEE_CUSTOMER, found) else None


def readable(session: Session, actor: Person) -> Sequence[Candidate]:
    """`directory`, of those customers whose page `actor` may see: whoever can't search them all sees those they own."""
    if may(actor, Action.FIND_CUSTOMERS):
        return directory(session)
    owned = session.exec(select(Customer).where(Customer.owner_id == actor.key).order_by(Customer.name))
    return [candidate(one) for one in owned if may(actor, Action.SEE_CUSTOMER, one)]


def candidate(customer: Customer) -> Candidate:
    """A customer as something to be matched by a typed name."""
    return Candidate(id=customer.key, name=customer.name, aliases=tuple(customer.aliases))


def candidates(session: Session) -> list[Candidate]:
    """Every customer as something to be matched by a typed name."""
    rows = session.exec(select(Customer.id, Customer.name, Customer.aliases).order_by(Customer.name)).all()
    return [Candidate(id=key, name=name, aliases=tuple(aliases)) for key, name, aliases in rows if key is not None]


_KEPT = KeptDirectory(
    said=col(Customer.name) + "\n" + sa.cast(Customer.aliases, sa.Text),
    columns=(Customer.id, Customer.name, Customer.aliases),
    of=lambda key, name, aliases: Candidate(key, name, tuple(aliases)),
)


def directory(session: Session) -> Directory:
    """Every customer, to be found in running text; kept in this process until one is added, renamed or gone."""
    return _KEPT.of(session)


def search(session: Session, query: str, limit: int = 100) -> list[Customer]:
    """The customers that fit a typed name best, best first; all by name when nothing was typed."""
    if not query.strip():
        return list(session.exec(select(Customer).order_by(col(Customer.tier) != Tier.KEY, Customer.name).limit(limit)))
    ids = [int(match.candidate.id) for match in best(query, directory(session), limit)]
    return by_ids(session, ids)


def by_ids(session: Session, ids: Sequence[int]) -> list[Customer]:
    """Customers in the order of `ids`; ids nobody has are left out."""
    found = {customer.id: customer for customer in session.exec(select(Customer).where(col(Customer.id).in_(ids)))}
    return [found[key] for key in ids if key in found]


def unchecked(session: Session, limit: int | None = 5) -> list[Customer]:
    """Customers added in passing that nobody has checked yet, the oldest first."""
    return list(session.exec(select(Customer).where(col(Customer.unchecked)).order_by(col(Customer.id)).limit(limit)))
