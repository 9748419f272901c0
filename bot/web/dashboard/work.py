"""Commitments and updates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col, select

from bot.cards import Chart, Series
from bot.domain.promises.commitments import Commitment
from bot.domain.rights import Action, may
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.updates import Update
from bot.measures import promised, report, told
from bot.measures.report import Point
from bot.measures.scope import Share
from bot.measures.told import Told
from bot.web.dashboard.look import PAGE, Look


def commitments(look: Look) -> dict[str, Any]:
    """What became of commitments, and those past their date: all for the CX office, for others their own."""
    whose, window = look.wanted.scope, look.wanted.window
    points = report.trend(look.session, whose, window, look.settings, look.now)
    return {
        "title": "Commitments",
        "found": promised.promises(look.session, whose, window),
        "picture": _kept(points),
        "late": _late(look),
        "today": window.today,
        "across": promised.across_departments(look.session, window) if look.oversees and whose.company else [],
    }


def _kept(points: list[Point]) -> Chart:
    def percents(shares: list[Share]) -> tuple[float | None, ...]:
        return tuple(None if one.percent is None else float(one.percent) for one in shares)

    now = points[-1].promises
    return Chart(
        title="Commitments on time, by quarter due",
        alt=f"Commitments due this quarter so far: {now.on_first_date.words} on the original date, {now.on_last_date.words} on the revised date.",
        labels=tuple(one.window.short for one in points),
        series=(
            Series(name="On the original date", values=percents([one.promises.on_first_date for one in points])),
            Series(name="On the revised date", values=percents([one.promises.on_last_date for one in points])),
        ),
        style="line",
        unit="%",
    )


def _late(look: Look) -> list[Commitment]:
    theirs = []
    if not look.oversees:
        keys = look.selves
        theirs.append(sa.or_(col(Commitment.promised_by_id).in_(keys), col(Commitment.owner_id).in_(keys)))
    if look.wanted.person is not None:
        theirs.append(col(Commitment.promised_by_id) == look.wanted.person.key)
    return promised.latest(look.session, look.wanted.window, *theirs, limit=look.read, offset=look.offset)


@dataclass(frozen=True)
class Sent:
    """One update that went out in the window."""

    title: str
    on: date
    told: Told
    recalled: bool


def updates(look: Look) -> dict[str, Any]:
    """What staff were told, whom it reached, what they answered; and decisions nobody was told of yet."""
    return {
        "title": "Updates",
        "found": told.telling(look.session, look.wanted.window, look.now),
        "sent": _sent(look),
        "untold": told.untold(look.session, look.wanted.window, PAGE),
    }


def _sent(look: Look) -> list[Sent]:
    wanted = (
        sa.select(Broadcast)
        .where(look.wanted.window.has(col(Broadcast.started_at)), seen_broadcasts(look))
        .order_by(col(Broadcast.started_at).desc())
        .offset(look.offset)
        .limit(look.read)
    )
    found = list(look.session.scalars(wanted))
    became = told.each(look.session, [one.update_id for one in found])
    return [
        Sent(
            one.update.default.title,
            one.started_at.astimezone(ZoneInfo(look.wanted.window.zone)).date() if one.started_at else look.wanted.window.today,
            became[one.update_id],
            one.update.recalled_at is not None,
        )
        for one in found
    ]


def seen_broadcasts(look: Look) -> sa.ColumnElement[bool]:
    """The broadcasts whose figures are the viewer's to see, as in chat: `Action.PREVIEW_UPDATE` as a condition."""
    if look.oversees:
        return sa.true()
    written = select(Update).where(sa.or_(col(Update.author_id) == look.viewer.key, col(Update.speaker_id).in_(look.selves)))
    theirs = [one.key for one in look.session.exec(written) if may(look.viewer, Action.PREVIEW_UPDATE, one)]
    return col(Broadcast.update_id).in_(theirs)
