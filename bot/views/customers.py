"""A customer as a card, and as options to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Divider, Facts, Option, Text, Tone
from bot.domain.engagements.customers import Customer, Tier
from bot.domain.people.people import Person
from bot.domain.rights import Action, may
from bot.measures.listed import AtCustomer
from bot.settings import Settings
from bot.views.engagements import ago, entry

NEW = "new:"
"""An option's value that starts so is the name of a customer to be added."""


def option(customer: Customer, settings: Settings) -> Option:
    """One customer to choose."""
    segment = settings.segment(customer.segment)
    return Option(value=str(customer.key), label=customer.name, detail=segment.name if segment else "")


def new_option(name: str) -> Option:
    """The offer to add a customer nobody knows."""
    return Option(value=f"{NEW}{name}", label=f"Add “{name}” as a new customer")


def card(found: AtCustomer, today: date, actor: Person, settings: Settings, now: datetime) -> Card:
    """Who owns it, its segment, when it was last seen, and what was heard."""
    customer, page = found.customer, found.page
    blocks: list[Block] = [_facts(customer, found.last_seen, today, settings)]
    if customer.unchecked:
        blocks.append(Text(text="Added in passing; the CX office has not checked it yet.", tone=Tone.WARNING))
    if buttons := _buttons(customer, actor):
        blocks.append(Actions(buttons=buttons))
    for engagement in page.rows:
        blocks.append(Divider())
        blocks.extend(entry(engagement, settings, may(actor, Action.CHANGE_ENGAGEMENT, engagement.logged(settings, now))))
    if page.total > len(page.rows):
        more = {"q": customer.name, "offset": str(len(page.rows))}
        blocks.append(Actions(buttons=(Button(label=f"All {page.total}", command="engagements", args=more),)))
    return Card(title=customer.name, blocks=tuple(blocks))


def _buttons(customer: Customer, actor: Person) -> tuple[Button, ...]:
    """What this person may do from here."""
    args = {"customer": str(customer.key)}
    visit = Button(label="Log a visit", command="logvisit", args=args, opens_form=True, style=ButtonStyle.PRIMARY)
    checked = Button(label="Checked", command="check-customer", args=args, replaces=True)
    may_check = customer.unchecked and may(actor, Action.CHECK_CUSTOMER)
    return (*((visit,) if may(actor, Action.LOG_ENGAGEMENT) else ()), *((checked,) if may_check else ()))


def to_check(unchecked: Sequence[Customer]) -> tuple[Block, ...]:
    """The customers added in passing, as buttons that lead to each."""
    if not unchecked:
        return ()
    buttons = tuple(Button(label=one.name, command="customer", args={"customer": str(one.key)}) for one in unchecked)
    return (Text(text="Added in passing, to be checked:", tone=Tone.WARNING), Actions(buttons=buttons, choices=True))


def _facts(customer: Customer, last: date | None, today: date, settings: Settings) -> Facts:
    segment = settings.segment(customer.segment)
    pairs = (
        ("Owner", customer.owner.name if customer.owner else "Nobody yet"),
        ("Segment", segment.name if segment else customer.segment or "Not set"),
        ("Key customer", "Yes" if customer.tier == Tier.KEY else ""),
        ("Last seen", ago((today - last).days) if last else "Never, by any of us"),
        ("Contacts", ", ".join(contact.name for contact in customer.contacts)),
    )
    return Facts(items=tuple(pair for pair in pairs if pair[1]))


def shared(customer: Customer, seen: date | None, today: date, settings: Settings) -> Card:
    """What anybody may be shown of a customer: who answers for it, its segment, when it was last seen; nothing that was heard."""
    segment = settings.segment(customer.segment)
    pairs = (
        ("Owner", customer.owner.name if customer.owner else "Nobody yet"),
        ("Segment", segment.name if segment else ""),
        ("Last seen", ago((today - seen).days) if seen else "Never, by any of us"),
    )
    return Card(title=customer.name, blocks=(Facts(items=tuple(pair for pair in pairs if pair[1])),))


def choose(name: str, customers: Sequence[Customer], command: str) -> Card:
    """Several customers fit what was typed."""
    buttons = tuple(Button(label=one.name, command=command, args={"customer": str(one.key)}, replaces=True) for one in customers)
    return Card(title=f"Which customer is “{name}”?", blocks=(Actions(buttons=buttons, choices=True),))
