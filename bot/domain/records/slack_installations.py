"""Where the bot is installed on Slack: a workspace each, or a whole organization; and the links by which an admin installs it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, Session, SQLModel, col, delete, select

from bot.database import UtcDateTime, all_locked
from bot.domain.records.secrets import digest, fresh_in

LINK_LASTS = timedelta(hours=1)


class SlackInstallation(SQLModel, table=True):
    """One installation. `team_id` is empty for a whole organization; `teams` are the workspaces of it that were heard from.

    `token` and `refresh_token` are encrypted: whoever reads the database can't use them.
    """

    __tablename__ = "slack_installations"
    __table_args__ = (sa.UniqueConstraint("enterprise_id", "team_id"),)
    id: int | None = Field(default=None, primary_key=True)
    enterprise_id: str = ""
    team_id: str = ""
    name: str
    bot_id: str = ""
    bot_user_id: str = ""
    scopes: str = ""
    token: str
    refresh_token: str = ""
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    teams: list[str] = Field(default_factory=list, sa_type=ARRAY(sa.Text))
    installed_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def whole_organization(self) -> bool:
        """Whether it is for every workspace of an organization."""
        return not self.team_id

    def ends_before(self, instant: datetime) -> bool:
        """Whether its token is good for nothing from some moment before this UTC instant on."""
        return self.expires_at is not None and self.expires_at < instant


class SlackInstallLink(SQLModel, table=True):
    """A link by which somebody may install the bot once, within an hour."""

    __tablename__ = "slack_install_links"
    token_hash: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=UtcDateTime)


def standing(session: Session) -> list[SlackInstallation]:
    """Those that weren't removed, the oldest first."""
    wanted = select(SlackInstallation).where(col(SlackInstallation.removed_at).is_(None))
    return list(session.exec(wanted.order_by(col(SlackInstallation.installed_at), col(SlackInstallation.id))))


def find(session: Session, team_id: str, enterprise_id: str = "", *, lock: bool = False) -> SlackInstallation | None:
    """The installation that speaks in a workspace: its own, else its organization's. `lock`: nobody else changes it meanwhile.

    An organization's is found by its own id, or by a workspace that was heard from; that one is remembered.
    """
    whole = col(SlackInstallation.team_id) == ""
    known = sa.and_(whole, sa.literal(team_id) == sa.any_(col(SlackInstallation.teams)))
    theirs = sa.and_(whole, col(SlackInstallation.enterprise_id).in_([one for one in (enterprise_id, team_id) if one]))
    own = sa.and_(col(SlackInstallation.team_id) == team_id, ~whole)
    wanted = select(SlackInstallation).where(sa.or_(own, known, theirs), col(SlackInstallation.removed_at).is_(None))
    wanted = wanted.order_by(whole, col(SlackInstallation.id))
    found = next(iter(all_locked(session, wanted) if lock else session.exec(wanted)), None)
    if found is not None and found.whole_organization and team_id not in {"", found.enterprise_id, *found.teams}:
        found.teams = [*found.teams, team_id]
    return found


def keep(session: Session, new: SlackInstallation) -> None:
    """Keep a new installation, in the place of an older one of the same workspace or organization."""
    same = (SlackInstallation.enterprise_id == new.enterprise_id, SlackInstallation.team_id == new.team_id)
    old = next(iter(all_locked(session, select(SlackInstallation).where(*same))), None)
    if old is None:
        session.add(new)
        return
    for name in ("name", "bot_id", "bot_user_id", "scopes", "token", "refresh_token", "expires_at", "installed_at"):
        setattr(old, name, getattr(new, name))
    old.removed_at = None


def remove(session: Session, team_id: str, enterprise_id: str, now: datetime) -> bool:
    """Slack says that the bot was taken out of a workspace, or ("") of an organization: what was kept of that is forgotten."""
    theirs = (SlackInstallation.team_id == team_id, col(SlackInstallation.removed_at).is_(None))
    whole = (SlackInstallation.enterprise_id == enterprise_id,) if not team_id else ()
    found = next(iter(all_locked(session, select(SlackInstallation).where(*theirs, *whole))), None)
    if found is not None:
        found.removed_at, found.token, found.refresh_token = now, "", ""
    return found is not None


def link(session: Session, now: datetime) -> str:
    """The secret of a new link; those that are over are forgotten."""
    session.exec(delete(SlackInstallLink).where(col(SlackInstallLink.made_at) <= now - LINK_LASTS))
    secret = fresh_in(session)
    session.add(SlackInstallLink(token_hash=digest(secret), made_at=now))
    return secret


def is_good(session: Session, secret: str, now: datetime) -> bool:
    """Whether a link may be used."""
    found = session.get(SlackInstallLink, digest(secret)) if secret else None
    return found is not None and found.made_at <= now < found.made_at + LINK_LASTS


def use(session: Session, secret: str, now: datetime) -> bool:
    """Use a link up: whether it was good. Two at once: one is."""
    good = is_good(session, secret, now)
    done = session.exec(delete(SlackInstallLink).where(col(SlackInstallLink.token_hash) == digest(secret)))
    return good and bool(done.rowcount)
