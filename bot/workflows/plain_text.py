"""What was typed without a command that I know: a mistyped one, a visit told in plain words, or neither."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bot.cards import Reply
from bot.commands import TYPED, Command, Place, Request
from bot.domain.engagements.engagements import Kind
from bot.domain.words.line.telling import is_call, is_told
from bot.domain.words.suggestions import Question
from bot.domain.words.typed_text import begun, seen
from bot.views.help import did_you_mean
from bot.workflows import engagement_filling
from bot.workflows.log_engagement import new_form

_LOGS = {Kind.VISIT: "logvisit", Kind.CALL: "logcall"}
_LONGEST_NAME = 40
_LIKE_AFTER_SLASH = 70.0
_LIKE = 84.0
"""Likeness, 0 to 100, from which a word is taken for a mistyped command; after a slash, which nothing else begins with, less is enough."""

_PART = 85.0
"""The same of a word that is a part of a command's name, or the other way round: visit, logvisits."""

_SHORTEST = 5
"""Letters of a word without a slash that may be a mistyped command."""

_NEAR = 8.0
_MOST = 3
_CARRIED = 1_200
"""Characters of JSON that a button may carry of what was typed."""


def answer(request: Request) -> Reply | None:
    """A question whether a command was meant, the form of an engagement that was told, filled in, or None where it is neither."""
    near = _near(request)
    if near and (_has_slash(request.text) or near[0].name in _LOGS.values()):
        return _asked(request, near)
    if kind := _told(request):
        return new_form(replace(request, command=_LOGS[kind]), kind)
    return _asked(request, near) if near else None


def question(request: Request) -> Question | None:
    """What a language model is asked about a visit told in plain words."""
    return engagement_filling.question(request) if request.command == "" and not _near(request) and _told(request) else None


def _told(request: Request) -> Kind | None:
    """What kind of engagement is told, to the bot alone, by somebody who may log one."""
    kind = Kind.CALL if is_call(request.text) else Kind.VISIT
    command = request.commands.get(_LOGS[kind])
    if request.place is not Place.PERSONAL or command is None or not command.open_to(request.actor) or _has_slash(request.text):
        return None
    return kind if is_told(request.text, engagement_filling.read(request)[0]) else None


def _has_slash(text: str) -> bool:
    return text.startswith("/")


def _near(request: Request) -> list[Command]:
    """The commands this person may use that are like the first word, the likest first."""
    word = _first(request.text)
    mine = [one for one in request.commands.values() if one.listed and one.open_to(request.actor)]
    slash = _has_slash(request.text)
    scored = sorted(((_likeness(word, one.name, slash=slash), one) for one in mine), key=lambda each: (-each[0], each[1].order))
    least = _LIKE_AFTER_SLASH if slash else _LIKE
    if not word or not scored or scored[0][0] < least:
        return []
    return [one for score, one in scored if score >= max(least, scored[0][0] - _NEAR)][:_MOST]


def _first(text: str) -> str:
    """The first word as a command's name would be; "" where it is none."""
    first, *_ = text.split(maxsplit=1) or [""]
    name = seen(first[:_LONGEST_NAME]).removeprefix("/").rstrip(":,").lower() if len(first) <= _LONGEST_NAME else ""
    return name if name.replace("-", "").isalpha() and (_has_slash(text) or len(name) >= _SHORTEST) else ""


def _likeness(word: str, name: str, *, slash: bool) -> float:
    part = len(word) >= 3 and (word in name or name in word)
    return max(fuzz.ratio(word, name), _PART if slash and part else 0.0)


def _asked(request: Request, near: Sequence[Command]) -> Reply:
    """Ask which was meant; text that no button can carry is put into the form at once."""
    rest = _rest(request.text)
    carried = len(json.dumps(rest)) <= _CARRIED
    form = near[0].form
    if not carried and form is not None:
        return form(replace(request, command=near[0].name, text=rest))
    return did_you_mean(near, request.text, {TYPED: rest} if rest and carried else {})


def _rest(text: str) -> str:
    _, *rest = text.split(maxsplit=1)
    return begun(rest[0]) if rest else ""
