"""The channels an update's recipients are named by, as its card tells of them: how many are there, and who of them isn't staff."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.people.people import Platform
from bot.measures.audience_sizes import Inside
from bot.measures.standings import Standing


def facts(standing: Standing) -> Iterator[tuple[str, str]]:
    """A label and words for each of the channels."""
    never = standing.broadcast.audience.never
    for one in standing.channels:
        excluded = f"channel:{one.platform}:{one.channel}" in never
        yield f"Channel {one.channel}", _words(one, excluded=excluded)


def _words(one: Inside, *, excluded: bool) -> str:
    if one.read_at is None:
        left = "No one gets it until they are." if excluded else "Invite the bot there."
        return f"Its members haven't been read yet. {left}"
    others = one.outsiders - one.unknown
    told = [f"{_people(one.people)}, {one.people - one.outsiders:,} staff"]
    if others:
        told.append(f"{others:,} {'is' if others == 1 else 'are'} not staff and won't get it")
    if one.unknown:
        told.append(f"{one.unknown:,} couldn't be looked up")
        if excluded:
            name = Platform(one.platform).label
            told.append(f"staff without a known {name} account won't get it either, as they may be among these")
    return "; ".join(told)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"
