"""Posts: what the bot writes in a channel for everybody to read, and what became of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, enum_column
from bot.domain.outbox.deliveries import DeliveryState
from bot.domain.outbox.subjects import Subject, SubjectColumn
from bot.domain.people.people import Person, Platform
from bot.domain.records import traces
from bot.settings import Channel, Settings


class ChannelPost(SQLModel, table=True):
    """One message in one channel: of a subject (`celebration`, its commitment's id) there is never a second in the same place.

    `channel` and `thread` are the platform's own ids; `thread`, when not empty, is the message it answers. `conversation` and
    `message_id` are the receipt. SENDING, UNCONFIRMED and the other states mean what they do for a delivery; CANCELLED: what it told
    of no longer held when its turn came. `attempts` and `trace` are as a delivery's.
    """

    __tablename__ = "channel_posts"
    __table_args__ = (sa.UniqueConstraint("subject", "subject_id", "platform", "channel", "thread"),)
    id: int | None = Field(default=None, primary_key=True)
    subject: Subject = Field(sa_type=SubjectColumn)
    subject_id: int
    platform: Platform = Field(sa_type=enum_column(Platform))
    channel: str
    thread: str = ""
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=enum_column(DeliveryState))
    reason: str = ""
    conversation: str = ""
    message_id: str = ""
    queued_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    requested_by_id: int = Field(foreign_key="people.id", index=True)
    attempts: int = 0
    trace: str = ""

    requested_by: Person = Relationship()

    @property
    def key(self) -> int:
        """The id of a saved post."""
        if self.id is None:
            msg = "this post is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def failed(self) -> bool:
        """Whether it surely isn't in the channel and won't be, so that it may be asked for again."""
        return self.state in {DeliveryState.FAILED, DeliveryState.CANCELLED}


def places(settings: Settings, channel: Channel | None) -> list[tuple[Platform, str]]:
    """Where something goes that app.yaml names a channel for: the platform and the id there, on those that are switched on."""
    found = channel.on(settings.platforms) if channel else {}
    return [(Platform(name), where) for name, where in found.items()]


def queue(
    session: Session, subject: Subject, subject_id: int, place: tuple[Platform, str], by: Person, now: datetime, *, thread: str = ""
) -> ChannelPost:
    """A post to be made in a place (platform, channel), saved; one that failed there before is tried again.

    Two at once can't both make it: the second is an IntegrityError.
    """
    platform, channel = place
    again = (one for one in of(session, subject, subject_id) if (one.platform, one.channel, one.thread) == (*place, thread))
    post = next(again, None) or ChannelPost(
        subject=subject,
        subject_id=subject_id,
        platform=platform,
        channel=channel,
        thread=thread,
        queued_at=now,
        requested_by_id=by.key,
    )
    if post.id is None or post.failed:
        post.attempts, post.trace = 0, traces.current()
        post.state, post.reason, post.queued_at, post.requested_by, post.requested_by_id = DeliveryState.QUEUED, "", now, by, by.key
    session.add(post)
    session.flush()
    return post


def of(session: Session, subject: Subject, subject_id: int) -> list[ChannelPost]:
    """The posts of a subject, whatever became of them, oldest first."""
    wanted = select(ChannelPost).where(ChannelPost.subject == subject, ChannelPost.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(ChannelPost.id))))


def get(session: Session, post_id: int) -> ChannelPost:
    """The post with this id."""
    return session.get_one(ChannelPost, post_id)
