"""The rules: whose roles count, and whether a thing is somebody's. Pure: what must be looked up first comes with the thing."""

from __future__ import annotations

from bot.domain.people.people import Person, Role
from bot.domain.rights.things import (
    Asked,
    Broadcast,
    Commitment,
    Customer,
    Decided,
    Logged,
    Owned,
    Prompt,
    Question,
    Reading,
    Requested,
    Sent,
    Update,
)

NOBODY: frozenset[Role] = frozenset()
STAFF = frozenset({Role.EMPLOYEE})
OFFICE = frozenset({Role.CX_OFFICE, Role.ADMIN})
WRITERS = OFFICE | {Role.EXECUTIVE}
LOGGERS = WRITERS | {Role.DELEGATE}


def held(person: Person) -> frozenset[Role]:
    """The roles that count: a delegate's only while there is an executive they act for."""
    roles = person.role_set
    return roles - {Role.DELEGATE} if Role.DELEGATE in roles and not person.principals else roles


def _oversees(person: Person) -> bool:
    return person.has(*OFFICE)


def owns(person: Person, other: Person) -> bool:
    """What is another person's: their own affair, their delegates' and the CX office's."""
    return _oversees(person) or person.acts_for(other.key)


def represents(person: Person, executive: Person) -> bool:
    """Who logs and promises in an executive's name."""
    return executive.has(Role.EXECUTIVE) and owns(person, executive)


def speaks_for(person: Person, executive_id: int) -> bool:
    """Who speaks in an executive's name: themselves and their delegates; nobody once they are no executive."""
    own = person.id == executive_id and person.has(Role.EXECUTIVE)
    return own or any(boss.id == executive_id for boss in person.principals)


def speaks(person: Person, update: Update) -> bool:
    """The executive in whose name an update speaks, and their delegates."""
    return speaks_for(person, update.speaker_id)


def changes_update(person: Person, update: Update) -> bool:
    """Who writes, sends, edits and recalls it: its author, while they may write updates, and the CX office."""
    return person.has(*WRITERS) and (_oversees(person) or person.id == update.author_id)


def concerns(person: Person, update: Update) -> bool:
    """Who sees how it goes and what was answered; they and whoever is to speak from now on, the words that are proposed."""
    return changes_update(person, update) or speaks(person, update) or speaks_for(person, update.speaks_for_id)


def follows(person: Person, broadcast: Broadcast) -> bool:
    """Who sees how a sending goes: they, and whoever approved it, as long as its words are those they read."""
    approved = person.id == broadcast.approved_by_id and broadcast.approved_version == broadcast.update.worded
    return concerns(person, broadcast.update) or approved


def reads(person: Person, reading: Reading) -> bool:
    """Whoever has it or is meant by it; a guest only where both hold, for they may have been staff when they got it."""
    if person.guest:
        return reading.had and reading.meant
    return reading.had or reading.meant or concerns(person, reading.update)


def approves(person: Person, asked: Asked) -> bool:
    """Whoever's approval is really missing."""
    if "speaker" in asked.missing and speaks_for(person, asked.broadcast.update.speaks_for_id):
        return True
    return "second" in asked.missing and seconds(person, asked)


def seconds(person: Person, asked: Asked) -> bool:
    """The second pair of eyes: the CX office, the speaker, and the executives where the CX office has nobody else."""
    named = person.id == asked.broadcast.update.speaks_for_id or person.id in asked.seconds
    return fits_second(person, asked.broadcast) and (_oversees(person) or named)


def fits_second(person: Person, broadcast: Broadcast) -> bool:
    """Whether somebody can be that second person (and still can, once they were): neither who wrote it nor who asks to send it."""
    return person.has(*WRITERS) and person.id not in {broadcast.asked_by_id, broadcast.update.author_id}


def decides(person: Person, one: Commitment) -> bool:
    """The executive who promised, their delegates, the CX office."""
    return _oversees(person) or person.acts_for(one.promised_by_id)


def keeps(person: Person, one: Commitment) -> bool:
    """The owner, their delegates where they are an executive, the CX office."""
    return _oversees(person) or person.acts_for(one.owner_id)


def handles(person: Person, one: Commitment) -> bool:
    """Either of them."""
    return keeps(person, one) or decides(person, one)


def sees(person: Person, one: Commitment) -> bool:
    """They, and whoever owned it before."""
    return handles(person, one) or any(person.id == event.old_owner_id for event in one.events)


def hears_of(person: Person, one: Commitment) -> bool:
    """They, and the manager of its owner."""
    return sees(person, one) or one.owner.manager_id == person.id


def corrects(person: Person, logged: Logged) -> bool:
    """Those who were there, their delegates and who logged it, for some days; the CX office always."""
    one = logged.engagement
    if _oversees(person):
        return True
    logs = person.id == one.logged_by_id and bool(held(person) & LOGGERS)
    return logged.editable and (logs or any(represents(person, boss) for boss in one.executives))


def changes_decision(person: Person, one: Decided) -> bool:
    """Whoever took it or wrote it down, and the CX office."""
    return owns(person, one.decided_by) or person.id == one.recorded_by_id


def changes_item(person: Person, one: Owned) -> bool:
    """Its owner and the CX office."""
    return owns(person, one.owner)


def sees_customer(person: Person, one: Customer) -> bool:
    """Who reads what was heard at any customer, and staff at those they own."""
    return bool(held(person) & LOGGERS) or one.owner_id == person.id


def prompted(person: Person, one: Prompt) -> bool:
    """The executive asked, their delegates, the CX office."""
    return represents(person, one.person)


def answers(person: Person, one: Question) -> bool:
    """The update's author, the one it speaks for, their delegates, the CX office."""
    return concerns(person, one.update)


def asked_it(person: Person, one: Question) -> bool:
    """Whoever asked."""
    return one.asker_id == person.id


def has_it(person: Person, one: Sent) -> bool:
    """Whoever it was sent to."""
    return one.person_id == person.id


def requested(person: Person, one: Requested) -> bool:
    """Whoever had it posted, or caused it to be sent."""
    return one.requested_by_id == person.id
