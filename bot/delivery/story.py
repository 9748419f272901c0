"""The story of one copy or post in words, for operators: what it is, who caused it, why it waited, each try, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.delivery.outcomes import TRIES, Ending
from bot.delivery.queue import Task
from bot.domain.outbox import bundles, delivery_events, moments
from bot.domain.outbox.deliveries import IN_DOUBT, Delivery, DeliveryState
from bot.domain.outbox.delivery_events import DeliveryEvent
from bot.domain.outbox.posts import ChannelPost
from bot.domain.outbox.subjects import Subject
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.updates import broadcasts
from bot.domain.updates.broadcasts import BroadcastState
from bot.views.recalls import REASONS

_ABOUT: Mapping[Subject, str] = {
    Subject.PROMPT: "the question about visits and calls, prompt {id}",
    Subject.COMMITMENT: "commitment {id}",
    Subject.AGENDA: "the day's list of commitments",
    Subject.CELEBRATION: "the celebration of commitment {id}",
    Subject.UPDATE: "update {id}",
    Subject.REMINDER: "a reminder of update {id}",
    Subject.UPDATE_TEST: "a test of update {id}",
    Subject.REWORDED: "changed words of update {id}",
    Subject.BROADCAST: "how the sending of an update goes, broadcast {id}",
    Subject.APPROVAL: "a request to approve an update, broadcast {id}",
    Subject.QUESTION: "question {id}",
    Subject.ANSWER: "the answer to question {id}",
    Subject.DIGEST: "a digest of updates",
    Subject.WEEKLY_REPORT: "the weekly report",
    Subject.MONTHLY_LETTER: "the monthly letter",
    Subject.POST: "that channel post {id} isn't there",
    Subject.OUTAGE: "that a platform refuses the bot",
    Subject.ACCOUNT_LINKED: "that an account was linked",
}

_WAITS = {
    delivery_events.HOURS: "it is outside {name}'s working hours, or a day off",
    delivery_events.LIMIT: "{name} has had enough messages for a week",
    delivery_events.NO_DAY: "{name} has no working day in sight",
}

_CAME_TO = {
    Ending.THROTTLED.value: "the platform throttles; the try doesn't count",
    Ending.HELD.value: "not tried, because the platform has asked for silence",
    Ending.RETRY.value: "not sent",
    Ending.IN_DOUBT.value: "it may have arrived; it is looked up before anything is sent again",
    Ending.UNCONFIRMED.value: "it may have arrived; nobody can say",
    Ending.REFUSED.value: "the platform refuses the bot",
    Ending.FAILED.value: "failed",
    Ending.CANCELLED.value: "not needed any more",
}

_JOB = sa.text("""
    SELECT status, scheduled_at FROM procrastinate_jobs WHERE task_name = :task AND args ->> :name = :id AND status IN ('todo', 'doing')
    ORDER BY status, scheduled_at NULLS FIRST LIMIT 1""")


def latest_of(session: Session, person: Person, number: int) -> list[Delivery]:
    """Somebody's newest deliveries, newest first."""
    wanted = select(Delivery).where(Delivery.person_id == person.key)
    return list(session.exec(wanted.order_by(col(Delivery.queued_at).desc(), col(Delivery.id).desc()).limit(number)))


def of_copy(session: Session, copy: Delivery) -> Iterator[str]:
    """The story of a person's copy, line by line; instants in UTC."""
    yield f"Delivery {copy.key}: {_about(copy.subject, copy.subject_id)}, for {copy.person.name} <{copy.person.email}>."
    yield f"Queued {_at(copy.queued_at)}, caused by {_cause(session, copy)}.{_trace(copy.trace)}"
    if copy.exempt:
        yield f"May go at any time: {moments.EXCEPTIONS.get(copy.exempt, copy.exempt)}."
    yield from _waited(copy)
    for one in delivery_events.of(session, copy.key):
        yield _event(one, copy.person.name)
    yield from _message(session, copy)
    yield f"Now: {_standing(copy)}"
    yield f"Next: {_next(session, copy)}"


def of_post(session: Session, post: ChannelPost) -> Iterator[str]:
    """The story of a post in a channel, line by line."""
    yield f"Post {post.key}: {_about(post.subject, post.subject_id)}, in {post.platform.value} channel {post.channel}."
    yield f"Queued {_at(post.queued_at)}, caused by {_named(post.requested_by)}.{_trace(post.trace)}"
    for one in delivery_events.of_post(session, post.key):
        yield _event(one, "")
    yield f"Now: {_state(post.state, post.reason, post.sent_at, post.platform.value)}"
    waits = post.state in {DeliveryState.QUEUED, DeliveryState.SENDING}
    yield f"Next: {_job(session, Task.POST_TO_CHANNEL, 'post_id', post.key) if waits else 'nothing. It can be asked for again.'}"


def _about(subject: Subject, subject_id: int) -> str:
    return _ABOUT[subject].format(id=subject_id)


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def _trace(trace: str) -> str:
    return f" Trace {trace}: the log has it in every line that belongs to this." if trace else ""


def _named(person: Person) -> str:
    return f"{person.name} <{person.email}>"


def _cause(session: Session, copy: Delivery) -> str:
    if copy.broadcast_id is not None:
        broadcast = broadcasts.get(session, copy.broadcast_id)
        by = broadcast.asked_by or broadcast.update.author
        return f"broadcast {broadcast.key}, which {_named(by)} asked for"
    if copy.requested_by_id is None:
        return "the bot itself, by a schedule or timer"
    return _named(people.get(session, copy.requested_by_id))


def _waited(copy: Delivery) -> Iterator[str]:
    """Why a broadcast's copy didn't go at once: its own row says so."""
    if copy.broadcast_id is None or copy.state is DeliveryState.DIGEST:
        return
    if copy.not_before is not None and copy.not_before > copy.queued_at and not copy.attempts:
        yield f"  {_at(copy.queued_at)}: waits until {_at(copy.not_before)}, when {copy.person.name} may be written to."


def _event(event: DeliveryEvent, name: str) -> str:
    where = f" on {event.platform.capitalize()}" if event.platform else ""
    until = f"; again from {_at(event.next_at)}" if event.next_at else ""
    if event.what == delivery_events.WAITS:
        return f"  {_at(event.at)}: waits, because {_WAITS[event.reason].format(name=name)}{until}."
    reason = f" ({event.reason})" if event.reason else ""
    tried = "" if event.what in {Ending.HELD.value, Ending.CANCELLED.value} else f"tried{where}: "
    return f"  {_at(event.at)}: {tried}{_CAME_TO[event.what]}{reason}{until}."


def _message(session: Session, copy: Delivery) -> Iterator[str]:
    """With which others it goes, or where it is told instead."""
    if copy.carried_by_id is not None:
        yield f"  It went in one message with delivery {copy.carried_by_id}, because both were due."
    elif others := [str(one.key) for one in bundles.parts(session, copy) if one.key != copy.key]:
        yield f"  The same message has the deliveries {', '.join(others)}, which were due as well."
    if copy.state is DeliveryState.DIGEST:
        chosen = f"{copy.person.name} has chosen the digest" if copy.person.digest else "the week's limit of updates was reached"
        yield f"  Left to the digest, because {chosen}."


def _standing(copy: Delivery) -> str:
    if copy.state is not DeliveryState.DIGEST:
        where = copy.platform.value if copy.platform else ""
        return _state(copy.state, copy.reason, copy.sent_at, where)
    if copy.told_in_id is None:
        return "waits for the digest."
    return f"told in the digest, delivery {copy.told_in_id}{f', {_at(copy.sent_at)}' if copy.sent_at else ''}."


def _state(state: DeliveryState, reason: str, sent_at: datetime | None, platform: str) -> str:
    code = reason.partition(":")[0]
    why = f" ({reason})" if reason else ""
    hint = f": {REASONS[code]}{why if reason != code else ''}" if code in REASONS else why
    if state is DeliveryState.SENT:
        return f"sent on {platform.capitalize()}, {_at(sent_at) if sent_at else 'nobody knows when'}."
    return {
        DeliveryState.QUEUED: f"waits to be sent{'' if reason.startswith(IN_DOUBT) else why}.",
        DeliveryState.SENDING: f"handed to the platform; its answer isn't recorded yet{why}.",
        DeliveryState.UNCONFIRMED: f"it may have arrived; the platform can't say{why}.",
        DeliveryState.FAILED: f"failed{hint}.",
        DeliveryState.CANCELLED: f"called off{why}.",
        DeliveryState.RECALLED: "taken back.",
    }.get(state, state.value)


def _next(session: Session, copy: Delivery) -> str:
    if copy.state in {DeliveryState.QUEUED, DeliveryState.SENDING}:
        return _to_come(session, copy)
    if copy.to_change:
        return "an edit or recall is on its way to it."
    if copy.state is DeliveryState.DIGEST and not copy.sent_at:
        return f"{copy.person.name}'s next digest tells it."
    if copy.change_reason:
        return f"nothing: an edit or recall couldn't reach it ({copy.change_reason})."
    again = "Whoever sent the update can press Resend." if copy.broadcast_id is not None else ""
    return {
        DeliveryState.SENT: "it is shown anew when its subject changes.",
        DeliveryState.FAILED: f"nothing by itself. {again}".strip(),
        DeliveryState.UNCONFIRMED: "nothing: it is never sent twice. Ask the reader whether they have it.",
    }.get(copy.state, "nothing.")


def _to_come(session: Session, copy: Delivery) -> str:
    if copy.carried_by_id is not None:
        return f"whatever becomes of delivery {copy.carried_by_id}."
    if copy.broadcast_id is None:
        return _job(session, Task.DELIVER, "delivery_id", copy.key)
    broadcast = broadcasts.get(session, copy.broadcast_id)
    if broadcast.update.recalled_at is not None:
        return "nothing is sent any more: its update was recalled."
    if broadcast.state is not BroadcastState.SENDING:
        return f"nothing while broadcast {broadcast.key} is {broadcast.state.value}{f' ({broadcast.reason})' if broadcast.reason else ''}."
    from_when = f" from {_at(copy.not_before)}" if copy.not_before else ""
    return f"its lane sends it{from_when}; {max(0, TRIES - copy.attempts)} tries are left."


def _job(session: Session, task: Task, name: str, key: int) -> str:
    """When the queue comes back to it."""
    job = session.execute(_JOB, {"task": task.value, "name": name, "id": str(key)}).first()
    if job is None:
        return "no job is in the queue for it, so nothing sends it. Press what caused it again, or ask for it anew."
    if job.status == "doing":
        return "a worker is at it now."
    return f"the queue comes back to it{f' at {_at(job.scheduled_at)}' if job.scheduled_at else ' as soon as a worker is free'}."
