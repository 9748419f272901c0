"""Cards and forms as HTML. Everything is escaped by Jinja; nothing people typed is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup

from bot.cards import Card, ChoiceField, Form
from bot.folding import fold
from bot.platforms.console.contract import ConsolePerson
from bot.platforms.console.log import Message
from bot.web.templating import environment

STATIC = Path(__file__).parent / "static"
"""The style sheet, the scripts and the icon."""

RADIO_OPTIONS = 4
"""Up to so many options are shown all at once; more go into a list that opens."""

ROLES = {"cx_office": "CX office"}
"""Names of roles that don't read well as they are."""

_HUES = 8
"""Colours of initials in the style sheet."""


def _asset(name: str) -> str:
    return f"/static/console/{name}"


def _json(value: Mapping[str, str]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def _hue(name: str) -> int:
    return sum(name.encode()) % _HUES


def _role(role: str) -> str:
    return ROLES.get(role, role.replace("_", " ").capitalize())


def _as_radios(field: ChoiceField) -> bool:
    return len(field.options) <= RADIO_OPTIONS and all(len(option.label) <= 40 and not option.detail for option in field.options)


def _environment() -> Environment:
    made = environment(Path(__file__).parent)
    made.filters.update(folded=fold, as_json=_json, initials=_initials, hue=_hue, role=_role)
    made.globals.update(asset=_asset, as_radios=_as_radios)
    return made


_templates = _environment()


def _render(template: str, **values: Any) -> Markup:
    return Markup(_templates.get_template(template).render(values))  # noqa: S704 - rendered with autoescape on


def render_card(card: Card, *, key: str = "card") -> Markup:
    """Render a card's title and blocks. `key` makes ids on the page unique."""
    return _render("card.html", card=card, key=key)


def render_form(form: Form, *, key: str = "form") -> Markup:
    """Render a form, filled in, with each error at its field. `key` makes ids on the page unique."""
    return _render("form.html", form=form, key=key)


def render_message(message: Message, person: ConsolePerson) -> Markup:
    """Render one message of a conversation, its time in the person's zone."""
    body = Markup("")
    if isinstance(message.reply, Card):
        body = render_card(message.reply, key=message.key)
    elif message.reply is not None:
        body = render_form(message.reply, key=message.key)
    return _render("message.html", message=message, person=person, body=body, at=message.at.astimezone(ZoneInfo(person.zone)))


def render_page(**values: Any) -> Markup:
    """Render the whole page."""
    return _render("page.html", **values)
