"""What every press on a commitment does alike: take it as it is now, change it, tell those who must act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.cards import Card, DateField, Form, SearchField, TextField
from bot.commands import Request
from bot.delivery.notifying import notify
from bot.delivery.queue import refresh
from bot.domain.outbox import posts
from bot.domain.outbox.subjects import Subject
from bot.domain.people.people import Person
from bot.domain.promises import promises
from bot.domain.promises.commitments import LIMIT, Commitment
from bot.views import celebrations as celebration_views
from bot.views import commitments as views


def taken(request: Request) -> Commitment:
    """The commitment the button is about, locked, for somebody who may see it."""
    return promises.get_for(request.session, request.number("commitment"), request.actor)


def act(request: Request, change: Callable[[Commitment], None]) -> Card:
    """Change it, unless somebody was quicker: then the truth is shown, with what was typed, and nothing is overwritten."""
    commitment = taken(request)
    if request.args.get("version") != str(commitment.version):
        return views.changed_since(commitment, request.actor, request.now, request.filled.text("note"))
    change(commitment)
    request.session.flush()
    tell(request, commitment)
    return shown(request, commitment)


def shown(request: Request, commitment: Commitment) -> Card:
    """How it stands, with all that this person may do about it."""
    card = views.card(commitment, request.actor, request.now)
    asked = posts.of(request.session, Subject.CELEBRATION, commitment.key)
    return celebration_views.offered(card, commitment, request.actor, request.settings, asked)


def tell(request: Request, commitment: Commitment) -> None:
    """Send it to whoever must act next, and have the copies sent before show how it stands."""
    person = promises.to_act(commitment)
    if person is not None and person.id != request.actor.id and person.active:
        notify(request.session, person, Subject.COMMITMENT, commitment.key, request.settings, request.now)
    refresh(request.session, Subject.COMMITMENT, commitment.key)


def form(request: Request, title: str, command: str, *fields: DateField | SearchField | TextField, submit: str = "Save") -> Form:
    """A form about one commitment; refused at once to somebody who may not see it."""
    commitment = taken(request)
    args = {"commitment": str(commitment.key), "version": request.args.get("version", "")}
    return Form(title=title, command=command, fields=fields, args=args, submit=submit, intro=commitment.what)


def note_field(label: str, *, required: bool = True) -> TextField:
    """A sentence or two."""
    return TextField(name="note", label=label, multiline=True, required=required, max_length=LIMIT)


def date_field(label: str, value: date | None) -> DateField:
    """A day to come."""
    return DateField(name="due", label=label, value=value, required=True)


def note(request: Request) -> str:
    """What was written as a note."""
    return request.filled.text("note")


def due(request: Request, missing: str = "") -> date | None:
    """The day that was chosen; `missing` is what to say where none was."""
    return request.filled.day("due", missing)


def colleague(request: Request, name: str) -> Person | None:
    """The person chosen in a field; None when none was. One there isn't is a mistake in the form."""
    key = request.filled.id(name)
    found = request.session.get(Person, key) if key is not None else None
    if key is not None and found is None:
        request.filled.problems[name] = "That person is not known here any more. Choose someone from the list."
    return found
