"""Whose approval a broadcast still needs, by name: the speaker, and for many readers a second person."""

from __future__ import annotations

from sqlmodel import Session

from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.rights import Asked, fits_second
from bot.domain.updates import proposals
from bot.domain.updates.broadcasts import Broadcast
from bot.settings import Settings


def approvers(session: Session, broadcast: Broadcast, settings: Settings) -> list[Person]:
    """The speaker first, who may well be the second person too; then the CX office, or the executives where it has nobody else."""
    missing = broadcast.missing(settings)
    if "speaker" in missing:
        speaker = proposals.latest(session, broadcast.update).speaker
        return [speaker] if speaker.works_here else []
    return _seconds(session, broadcast) if "second" in missing else []


def asked(session: Session, broadcast: Broadcast, settings: Settings) -> Asked:
    """A broadcast with whose approval it waits for, as the table of rights wants to know it."""
    return Asked(broadcast, broadcast.pending(settings), frozenset(one.key for one in _seconds(session, broadcast)))


def _seconds(session: Session, broadcast: Broadcast) -> list[Person]:
    def fit(role: Role) -> list[Person]:
        return [one for one in people.with_role(session, role) if fits_second(one, broadcast)]

    return fit(Role.CX_OFFICE) or fit(Role.EXECUTIVE)
