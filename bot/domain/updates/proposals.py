"""New words of an update that is out already: kept beside those its readers have until they are approved."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from bot.domain.errors import InvalidAnswers
from bot.domain.people import people
from bot.domain.people.people import Person
from bot.domain.updates.updates import Update, UpdateText, Wording, frame_problems

_PARTS = ("title", "changed", "means", "may", "behaviour")


def say(update: Update, wording: Wording, actor: Person) -> None:
    """Propose words in one language."""
    update.require_change(actor)
    wording.check()
    texts = _proposed(update)["texts"] | {wording.locale: {name: getattr(wording, name).strip() for name in _PARTS}}
    update.proposed = _proposed(update) | {"texts": texts}
    update.reworded(actor)


def show(update: Update, link: str, picture: str, speaker: Person, actor: Person) -> None:
    """Propose another link and picture, and in whose name it is said."""
    update.require_change(actor)
    if problems := frame_problems(link, picture, speaker):
        raise InvalidAnswers(problems)
    update.proposed = _proposed(update) | {"link": link.strip(), "picture": picture.strip(), "speaker_id": speaker.key}
    update.reworded(actor)


def _proposed(update: Update) -> dict[str, Any]:
    return update.proposed or {"texts": {}}


def apply(session: Session, update: Update) -> None:
    """The proposed words are the update's from now on: its copies are to be changed to them."""
    if update.proposed is None:
        return
    update.speaker = people.get(session, update.speaks_for_id)
    update.speaker_id = update.speaker.key
    for locale, parts in update.proposed["texts"].items():
        update.write(Wording(locale, **parts))
    update.link, update.picture = update.proposed.get("link", update.link), update.proposed.get("picture", update.picture)
    update.proposed = None
    update.version += 1


def drop(update: Update) -> None:
    """Nothing comes of them; what readers have stays, and stays agreed to."""
    if update.proposed is not None:
        update.proposed = None
        update.worded += 1
        update.agreed_version, update.agreed_by_id = update.worded, None
        update.agreed_by = None


def latest(session: Session, update: Update) -> Update:
    """The update as it is proposed, to look at, never to be saved; itself where nothing is."""
    if update.proposed is None:
        return update
    parts = {one.locale: {name: getattr(one, name) for name in _PARTS} for one in update.texts} | update.proposed["texts"]
    plain = {one.key: getattr(update, one.key) for one in sa.inspect(Update).column_attrs}
    found = Update(**plain | {name: value for name, value in update.proposed.items() if name != "texts"})
    found.texts = [UpdateText(update_id=update.key, locale=locale, **words) for locale, words in parts.items()]
    found.author, found.speaker = update.author, people.get(session, update.speaks_for_id)
    return found
