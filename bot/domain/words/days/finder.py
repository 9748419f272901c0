"""Days found in a row of tokens: the longest reading from each token on, with the words that lead to it and the time of day after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.words.days import dates, holidays_by_name, spans, weekdays
from bot.domain.words.days.grammar import Found, Reading, Said, Sense
from bot.domain.words.days.kinds import Kind
from bot.domain.words.days.tokens import Token
from bot.domain.words.days.weekdays import turned_weekday

_RULES = (*weekdays.RULES, *dates.RULES, *spans.RULES, *holidays_by_name.RULES)
_NEVER_FIRST = frozenset("79xH.,-();'|N!XTs&/")
_SENTENCE = re.compile(r"[.!?;]\s+[A-ZÄÖÜ]|\n")
_LEADS = frozenset(
    (
        Kind.ON,
        Kind.THE,
        Kind.IN,
        Kind.AT,
        Kind.BY,
        Kind.SINCE,
        Kind.FROM,
        Kind.UNTIL,
        Kind.EARLY,
        Kind.DONE_BY,
        Kind.PART,
        Kind.OF,
        Kind.CLOCK,
    )
)
_AFTERWARDS = re.compile(r"(?:[jTztF@]*p|,?[@zO]?~?6(?:[-Ou]6)?|@[dn](?:[-O][dn])?|[,zj]?C|,?8)*")
_CORRECTED = re.compile(r"[,;.(-]*N[N,;.zT-]*")
_RANGE = re.compile(r"[.p]?(?:[Ou-]|O[zT])h?[zTtj]*")
_BOTH = re.compile(r"(?:[&/]\.?|,&)[zT]*")
_EITHER = re.compile(r",?\|[zTh]*")
_NOT_BUT = re.compile(r",?[HN]?[zTN]*")


@dataclass(frozen=True)
class Candidate:
    """Tokens from `start` up to `end` that say a day, of which those from `core` up to `core_end` are its own words."""

    start: int
    core: int
    core_end: int
    end: int
    said: Said
    read: Reading
    leads: frozenset[Kind] = frozenset()


def candidates(tokens: Sequence[Token], text: str, sense: Sense) -> list[Candidate]:
    """All that may be days, in order, none over another; ranges, alternatives and corrections are one."""
    kinds = "".join(one.kind for one in tokens)
    joined: list[Candidate] = []
    for one in _single(tokens, kinds, text, sense):
        made = _joined(joined[-1], one, kinds, sense) if joined and not _is_parted(joined[-1], one, tokens, text) else None
        if made:
            joined[-1] = made
        else:
            joined.append(one)
    return joined


def _is_parted(first: Candidate, then: Candidate, tokens: Sequence[Token], text: str) -> bool:
    """Whether a sentence ends between two days: “yesterday. Until Friday …” is no range."""
    return _SENTENCE.search(text, tokens[first.end - 1].end, tokens[then.core].start) is not None


def _single(tokens: Sequence[Token], kinds: str, text: str, sense: Sense) -> Iterator[Candidate]:
    at = after = 0
    while at < len(tokens):
        found = None if kinds[at] in _NEVER_FIRST else _longest(tokens, kinds, at, text, sense)
        if found is None:
            at += 1
            continue
        end, said, read = found
        start = _led_from(kinds, at, after)
        whole = _AFTERWARDS.match(kinds, end)
        leads = frozenset(Kind(kind) for kind in kinds[start:at])
        after = max(whole.end() if whole else end, end)
        if not _is_no_day(kinds, start):
            if start and kinds[start - 1] == Kind.WEEK_OF:
                start, said = start - 1, Said(None, f"A whole week is no single day. {sense.asks}", span=True)
            yield Candidate(start, at, end, after, said, read, leads | _own(kinds[at] + kinds[end:after].replace(Kind.DONE_BY, "")))
        at = after


def _own(kinds: str) -> frozenset[Kind]:
    """What says that something is due by then, of a day's own words and those after it."""
    return frozenset({Kind.DUE_AFTER, Kind.DONE_BY}) & frozenset(map(Kind, kinds))


def _longest(tokens: Sequence[Token], kinds: str, at: int, text: str, sense: Sense) -> tuple[int, Said, Reading] | None:
    matches = [(one.pattern.match(kinds, at), one.read) for one in _RULES]
    ranked = sorted(((match, read) for match, read in matches if match), key=lambda one: -one[0].end())
    for match, read in ranked:
        if match.end() > at and (said := read(Found(match, tokens, text), sense)):
            return match.end(), said, read
    return None


def _led_from(kinds: str, at: int, after: int) -> int:
    """Where the words that lead to a day begin, no further back than the day before it."""
    start = at
    while start > after and kinds[start - 1] in _LEADS:
        start -= 1
    while start < at and kinds[start] == Kind.OF:
        start += 1
    if start > after and kinds[start - 1] == Kind.AGO_BEFORE and kinds[at] not in _COUNTED:
        start -= 1
    return start


_COUNTED = frozenset("dDna")


def _is_no_day(kinds: str, start: int) -> bool:
    return re.search(rf"{Kind.NO_DAY}\.?$", kinds[max(0, start - 2) : start]) is not None


def _joined(first: Candidate, then: Candidate, kinds: str, sense: Sense) -> Candidate | None:
    """Two days as one: corrected, from one to the other, one or the other; None where they are two."""
    between = kinds[first.end : then.core]
    whole = replace(first, end=then.end, core_end=then.core_end)
    if first.start and kinds[first.start - 1] == Kind.NOT and _NOT_BUT.fullmatch(between):
        return replace(whole, start=first.start - 1, said=then.said, read=then.read)
    if _CORRECTED.fullmatch(between):
        return replace(whole, said=then.said, read=then.read)
    if _RANGE.fullmatch(between):
        return _ranging(whole, first.said, then.said, sense)
    if _BOTH.fullmatch(between):
        made = _ranging(whole, first.said, then.said, sense)
        return made if made and made.said.day and made.said.last == made.said.day + timedelta(days=1) else None
    if _EITHER.fullmatch(between):
        return replace(whole, said=Said(None, f"Two days are said. {sense.asks}"))
    return None


def _ranging(whole: Candidate, first: Said, then: Said, sense: Sense) -> Candidate | None:
    """From the first day to the last: a weekday after another is in the days that follow it, and both before today where both have been."""
    if first.weekday is not None and then.weekday is not None:
        day = turned_weekday(sense.today, first.weekday, None, past=sense.past)
        days = (then.weekday - first.weekday) % 7
        if sense.past and day + timedelta(days=days) > sense.today:
            day -= timedelta(days=7)
        return replace(whole, said=Said(day, last=day + timedelta(days=days)))
    if first.weekday is not None and first.day and then.day and first.day > then.day:  # Monday to Wednesday of last week
        first = Said(then.day - timedelta(days=(then.day.weekday() - first.weekday) % 7))
    if first.day and then.day:
        last = then.last or then.day
        return replace(whole, said=replace(first, last=last, weekday=None)) if first.day < last else None
    return replace(whole, said=first if first.day is None else then)
