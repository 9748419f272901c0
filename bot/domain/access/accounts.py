"""Whose account is whose: an account is a person's only while its platform says that it is the company's own, with that person's address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
import structlog
from sqlmodel import Session, SQLModel, col, select

from bot.database import locked
from bot.domain.access import sign_ins
from bot.domain.people import people
from bot.domain.people.people import Account, Person, Platform
from bot.domain.words.emails import is_same

FRESH_FOR = timedelta(hours=1)
"""How long after its platform vouched for an account nobody asks again: then it is asked at the account's next use."""

KEPT_FOR = timedelta(days=7)
"""How long an account that was vouched for is let in while its platform doesn't answer: an outage mustn't keep everybody out."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an account was last seen that was linked without its owner having used it: before every other."""

_log = structlog.get_logger(__name__)


class Vouch(StrEnum):
    """What a platform says of an account.

    OURS: surely one of the company's own, with a confirmed address. NOT_OURS: surely none (a guest, another company's, an app, switched
    off). UNKNOWN: it doesn't know it, or the event names nobody. UNSAID: it wasn't asked, or doesn't answer.
    """

    OURS = "ours"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Claim:
    """An account as an event names it, and what its platform says of it; `email` is the address the platform vouches for, else ""."""

    platform: Platform
    tenant: str
    user_id: str
    email: str
    vouch: Vouch


@dataclass(frozen=True)
class Verdict:
    """What a platform says of an account when it is asked: why it isn't surely ours ("" when it is), and the address it vouches for.

    `asked` is False where it couldn't be asked; `why` then says why not.
    """

    why: str = ""
    email: str = ""
    asked: bool = True


@dataclass(frozen=True)
class Recognised:
    """The person behind an account. `new`: it was linked just now, or is used for the first time; `linked`: the former."""

    person: Person
    account: Account
    new: bool
    linked: bool = False


def recognise(session: Session, claim: Claim, now: datetime) -> Recognised | None:
    """The active person behind an account; None for everybody else, of whom nothing is kept.

    An account that the platform vouches for is linked to whoever has its address, and moved when it has become somebody else's; one that it
    says isn't ours is unlinked. Without its word, only one it vouched for within the last seven days is somebody's.
    """
    account, person = _known(session, claim)
    linked = False
    if claim.vouch is Vouch.OURS and claim.email and claim.user_id:
        account, person, linked = _vouched(session, claim, account, person, now)
    elif claim.vouch is Vouch.NOT_OURS:
        if account is not None:
            unlink(session, account, "its platform says that it isn't one of ours")
        return None
    elif claim.vouch is Vouch.UNKNOWN or account is None or not stands(account, now):
        return None
    if account is None or person is None or not person.active:
        return None
    if claim.vouch is Vouch.OURS:
        account.vouched_at = now
    return Recognised(person, account, new=linked or account.seen_at == NEVER, linked=linked)


def admits(session: Session, claim: Claim, now: datetime) -> bool:
    """Whether `recognise` would recognise somebody; nothing is changed."""
    account, person = _known(session, claim)
    if claim.vouch is Vouch.OURS and claim.email and claim.user_id:
        named = _named(session, claim, person)
        person = person if account is not None and _still(account, named) else named
    elif claim.vouch in {Vouch.NOT_OURS, Vouch.UNKNOWN} or account is None or not stands(account, now):
        return False
    return person is not None and person.active


def _known(session: Session, claim: Claim) -> tuple[Account, Person] | tuple[None, None]:
    found = people.behind_account(session, claim.platform, claim.tenant, claim.user_id) if claim.user_id else None
    return found or (None, None)


def _named(session: Session, claim: Claim, known: Person | None) -> Person | None:
    """Whose the address is that the platform vouches for; usually that of the one the account is known as, who needn't be looked up again."""
    return known if known is not None and is_same(known.email, claim.email) else people.by_vouched(session, claim.email)


def _vouched(
    session: Session, claim: Claim, account: Account | None, known: Person | None, now: datetime
) -> tuple[Account | None, Person | None, bool]:
    """The account and its person after the platform's word, and whether it was linked by it. One without an active person is nobody's."""
    person = _named(session, claim, known)
    if account is not None and not _still(account, person):
        unlink(session, account, "its address isn't that person's")
        account = None
    if account is not None:
        return account, known, False
    if person is None or not person.active:
        return None, None, False
    return person.link(claim.platform, claim.tenant, claim.user_id, now), person, True


def _still(account: Account, named: Person | None) -> bool:
    """Whether an account stays whose it is.

    A new address that is nobody's on the list is a changed name that the list doesn't have yet, as long as the account was vouched for
    before; one that is somebody else's never is.
    """
    if named is None:
        return account.vouched_at is not None
    return account.person_id == named.id


def holds(session: Session, account: Account, claim: Claim) -> bool:
    """Whether a linked account is still its person's for who has shown that it is theirs, as to a page. It is linked to nobody by that.

    One that nobody has vouched for yet must have that person's address, where it says one.
    """
    if claim.vouch is not Vouch.OURS:
        return False
    return account.vouched_at is not None or not claim.email or _still(account, people.by_vouched(session, claim.email))


def fault(account: Account, person: Person, verdict: Verdict) -> str:
    """Why an account wouldn't be linked to its person today, in words; "" where it would, or its platform couldn't be asked."""
    if not verdict.asked or verdict.why:
        return verdict.why if verdict.asked else ""
    if not is_same(person.email, verdict.email):
        return f"its address there is {verdict.email or 'not told'}"
    return "" if account.person_id == person.id else "it is someone else's"


def link_unused(session: Session, platform: Platform, tenant: str, user_id: str, email: str, now: datetime) -> Recognised | None:
    """Link an account that its platform vouches for before its owner has used it; None where nobody active has its address, or it is linked."""
    person = people.by_vouched(session, email) if email else None
    if person is None or not person.active or people.account_of(session, platform, tenant, user_id) is not None:
        return None
    account = person.link(platform, tenant, user_id, now)
    account.seen_at = NEVER
    return Recognised(person, account, new=True)


def is_fresh(account: Account, now: datetime) -> bool:
    """Whether its platform vouched for an account within the last hour."""
    return account.vouched_at is not None and now - FRESH_FOR < account.vouched_at <= now


def stands(account: Account, now: datetime) -> bool:
    """Whether an account is let in without its platform's word: when that was given within the last seven days."""
    return account.vouched_at is not None and now - KEPT_FOR < account.vouched_at


def conversations(session: Session, platform: Platform, tenant: str, limit: int = 20) -> list[str]:
    """The conversations kept with a tenant's accounts, the last used first."""
    wanted = select(Account.conversation).where(
        Account.platform == platform, sa.func.lower(Account.tenant) == tenant.lower(), Account.conversation != ""
    )
    return list(session.exec(wanted.order_by(col(Account.seen_at).desc()).limit(limit)))


def unlink(session: Session, account: Account, why: str) -> None:
    """Make an account nobody's: the person is signed out everywhere, and what was sent there is never changed again.

    When its platform vouches for it, it is linked at its next use.
    """
    found = locked(session, Account, account.id)
    if found is None:
        return
    sign_ins.end_all(session, found.person_id)
    _forget_copies(session, found)
    session.delete(found)
    session.flush()
    session.expire_all()
    _log.warning("account unlinked", platform=account.platform.value, account=account.user_id, person=account.person_id, why=why)


def _forget_copies(session: Session, account: Account) -> None:
    """Where the copies sent to it are is forgotten: an edit must not tell its owner more."""
    copies = SQLModel.metadata.tables["deliveries"]
    theirs = (
        copies.c.person_id == account.person_id,
        copies.c.platform == account.platform.value,
        copies.c.user_id == account.user_id,
    )
    session.execute(sa.update(copies).where(*theirs).values(conversation="", message_id="", user_id=""))


def linked(session: Session, email: str = "") -> list[tuple[Account, Person]]:
    """Every account with its person, by name; those of people whose email has `email` in it."""
    wanted = select(Account, Person).join(Person, col(Person.id) == col(Account.person_id))
    if email:
        wanted = wanted.where(col(Person.email).contains(email.strip().lower(), autoescape=True))
    return list(session.exec(wanted.order_by(Person.name, col(Account.platform), col(Account.id))))
