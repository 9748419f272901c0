"""What was typed without a command that I know: a mistyped one, a visit told in plain words, or neither."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.cards import Reply
from bot.commands import TYPED, Command, Place, Request
from bot.domain.engagements.engagements import Kind
from bot.domain.words.line.telling import is_call, is_told
from bot.domain.words.mistyped import LIKE, LIKE_AFTER_SLASH, first_word, following, has_slash, likeness
from bot.domain.words.suggestions import Question
from bot.views.help import did_you_mean
from bot.workflows import engagement_filling
from bot.workflows.log_engagement import new_form

_LOGS = {Kind.VISIT: "logvisit", Kind.CALL: "logcall"}
_NEAR = 8.0
_MOST = 3
_CARRIED = 1_200
"""Characters of JSON that a button may carry of what was typed."""


def answer(request: Request) -> Reply | None:
    """A question whether a command was meant, the form of an engagement that was told, filled in, or None where it is neither."""
    near = _near(request)
    if near and (has_slash(request.text) or near[0].name in _LOGS.values()):
        return _asked(request, near)
    if told := _told(request):
        kind, reading = told
        return new_form(replace(request, command=_LOGS[kind]), kind, reading)
    return _asked(request, near) if near else None


def question(request: Request) -> Question | None:
    """What a language model is asked about a visit told in plain words."""
    return engagement_filling.question(request) if request.command == "" and not _near(request) and _told(request) else None


def _told(request: Request) -> tuple[Kind, engagement_filling.Reading] | None:
    """What kind of engagement is told, to the bot alone, by somebody who may log one; and how it reads."""
    kind = Kind.CALL if is_call(request.text) else Kind.VISIT
    command = request.commands.get(_LOGS[kind])
    if request.place is not Place.PERSONAL or command is None or not command.open_to(request.actor) or has_slash(request.text):
        return None
    reading = engagement_filling.read(request)
    return (kind, reading) if is_told(request.text, reading[0]) else None


def _near(request: Request) -> list[Command]:
    """The commands this person may use that are like the first word, the likest first."""
    word = first_word(request.text)
    mine = [one for one in request.commands.values() if one.listed and one.open_to(request.actor)]
    slash = has_slash(request.text)
    scored = sorted(((likeness(word, one.name, slash=slash), one) for one in mine), key=lambda each: (-each[0], each[1].order))
    least = LIKE_AFTER_SLASH if slash else LIKE
    if not word or not scored or scored[0][0] < least:
        return []
    return [one for score, one in scored if score >= max(least, scored[0][0] - _NEAR)][:_MOST]


def _asked(request: Request, near: Sequence[Command]) -> Reply:
    """Ask which was meant; text that no button can carry is put into the form at once."""
    rest = following(request.text)
    carried = len(json.dumps(rest)) <= _CARRIED
    form = near[0].form
    if not carried and form is not None:
        return form(replace(request, command=near[0].name, text=rest))
    return did_you_mean(near, request.text, {TYPED: rest} if rest and carried else {})
