"""Updates: the message that tells staff about a roadmap item or a decision, and what they may now do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from bot.database import UtcDateTime, locked
from bot.domain.errors import InvalidAnswers, NotAllowed, NotFound, Refusal
from bot.domain.people.people import Person, Role
from bot.domain.plans.decisions import Decision
from bot.domain.plans.roadmap import RoadmapItem, title_problems
from bot.domain.rights import Action, may, speaks_for
from bot.domain.words.addresses import is_address

LIMIT = 1_200
"""Characters of each part of an update: whoever needs more puts it behind the link."""


class UpdateText(SQLModel, table=True):
    """What an update says in one language. `locale` is a language, perhaps with a country: `de`, `pt-BR`."""

    __tablename__ = "update_texts"
    __table_args__ = (sa.UniqueConstraint("update_id", "locale"),)
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="updates.id", index=True)
    locale: str
    title: str
    changed: str
    means: str
    may: str = ""
    behaviour: str = ""


class Update(SQLModel, table=True):
    """An update. `version` counts what readers can see change; each copy knows which it shows. `locale` is the default language's.

    It speaks in the name of `speaker`, once they, or a delegate (`agreed_by`), agreed to its words. `worded` counts the changes of those,
    `agreed_version` is the one agreed to; an answer published in it changes no words. `proposed` are new words of an update that is out
    already, as `bot.domain.updates.proposals` keeps them: readers see nothing of them until they are approved.
    """

    __tablename__ = "updates"
    __audited__ = True
    id: int | None = Field(default=None, primary_key=True)
    item_id: int | None = Field(default=None, foreign_key="roadmap_items.id", index=True)
    decision_id: int | None = Field(default=None, foreign_key="decisions.id", index=True)
    author_id: int = Field(foreign_key="people.id", index=True)
    speaker_id: int = Field(foreign_key="people.id")
    agreed_version: int | None = None
    agreed_by_id: int | None = Field(default=None, foreign_key="people.id")
    worded: int = 1
    proposed: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    locale: str
    link: str = ""
    picture: str = ""
    made_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1
    recalled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recalled_by_id: int | None = Field(default=None, foreign_key="people.id")

    author: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Update.author_id"})
    speaker: Person = Relationship(sa_relationship_kwargs={"foreign_keys": "Update.speaker_id"})
    agreed_by: Person | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Update.agreed_by_id"})
    recalled_by: Person | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Update.recalled_by_id"})
    item: RoadmapItem | None = Relationship()
    decision: Decision | None = Relationship()
    texts: list[UpdateText] = Relationship(sa_relationship_kwargs={"order_by": "UpdateText.id"})

    @property
    def key(self) -> int:
        """The id of a saved update."""
        if self.id is None:
            msg = "this update is not saved yet"
            raise ValueError(msg)
        return self.id

    @property
    def default(self) -> UpdateText:
        """What it says in its default language."""
        return next(one for one in self.texts if one.locale == self.locale)

    @property
    def agreed(self) -> bool:
        """Whether the one it speaks for stands behind its words (the proposed ones, where there are such).

        A delegate's agreement holds as long as they are one.
        """
        by = self.agreed_by
        return self.agreed_version == self.worded and (by is None or speaks_for(by, self.speaks_for_id))

    def text_for(self, locale: str) -> UpdateText:
        """What somebody reads: their own language and country, else their language, else the default."""
        wanted = locale.replace("_", "-").lower()
        language = wanted.partition("-")[0]
        exact = [one for one in self.texts if one.locale.lower() == wanted]
        close = [one for one in self.texts if one.locale.lower().partition("-")[0] == language]
        return (exact or close or [self.default])[0]

    def require_author(self, actor: Person) -> None:
        """NotAllowed for anybody who may not change it."""
        if not may(actor, Action.CHANGE_UPDATE, self):
            msg = "An update is changed by its author and the CX office"
            raise NotAllowed(msg, f"Ask {self.author.name}.")

    def require_change(self, actor: Person) -> None:
        """NotAllowed for anybody else; Refusal when it was recalled."""
        self.require_author(actor)
        if self.recalled_at is not None:
            msg = "This update was recalled"
            raise Refusal(msg, "Write a new one: /update.")

    @property
    def speaks_for_id(self) -> int:
        """Whose words those in question are: the proposed ones', where there are such."""
        return int((self.proposed or {}).get("speaker_id", self.speaker_id))

    def agree(self, actor: Person) -> None:
        """The one it speaks for (or their delegate) stands behind it as it is."""
        if not speaks_for(actor, self.speaks_for_id):
            msg = f"It speaks in the name of {self.speaker.name}, who alone can agree to it"
            raise NotAllowed(msg, "Their delegates can too.")
        self._agreed(actor)

    def _agreed(self, actor: Person) -> None:
        self.agreed_version, self.agreed_by, self.agreed_by_id = self.worded, actor, actor.key

    def say(self, wording: "Wording", actor: Person) -> None:
        """Put new words in one language, replacing those it has. Copies that went out are changed to them."""
        self.require_change(actor)
        wording.check()
        self.write(wording)
        self.reworded(actor)
        self.version += 1

    def write(self, wording: "Wording") -> None:
        """Put checked words in, whoever's they are."""
        found = next((one for one in self.texts if one.locale == wording.locale), None)
        if found is None:
            found = UpdateText(update_id=self.key, locale=wording.locale, title="", changed="", means="")
            self.texts.append(found)
        for name in ("title", "changed", "means", "may", "behaviour"):
            setattr(found, name, getattr(wording, name).strip())

    def show(self, link: str, picture: str, speaker: Person, actor: Person) -> None:
        """Change whose words these are, the link and the picture."""
        self.require_change(actor)
        if problems := frame_problems(link, picture, speaker):
            raise InvalidAnswers(problems)
        self.link, self.picture = link.strip(), picture.strip()
        self.speaker, self.speaker_id = speaker, speaker.key
        self.reworded(actor)
        self.version += 1

    def touch(self) -> None:
        """What its copies show has changed, but none of its own words: a question was answered."""
        self.version += 1

    def reworded(self, actor: Person) -> None:
        """Its words (or whose they are) were changed by somebody: those of the one it speaks for are agreed to."""
        self.worded += 1
        if speaks_for(actor, self.speaks_for_id):
            self._agreed(actor)

    def recall(self, actor: Person, now: datetime) -> None:
        """Take it back from everybody. Done twice it stays as it is: an emergency stop is never refused for coming late."""
        self.require_author(actor)
        if self.recalled_at is None:
            self.recalled_at, self.recalled_by, self.recalled_by_id = now, actor, actor.key
            self.version += 1


@dataclass(frozen=True)
class Wording:
    """What an update says in one language, before it is checked."""

    locale: str
    title: str
    changed: str
    means: str
    may: str = ""
    behaviour: str = ""

    def problems(self) -> dict[str, str]:
        """What is wrong with it, by field."""
        found = title_problems(self.title)
        if not self.changed.strip():
            found["changed"] = "Say what changed, in a sentence or two."
        if not self.means.strip():
            found["means"] = "Say what it means for those who read it: that is what they look for."
        for name in ("changed", "means", "may", "behaviour"):
            if len(value := getattr(self, name)) > LIMIT:
                found[name] = f"That is {len(value):,} characters; {LIMIT:,} fit. Put the rest behind the link."
        return found

    def check(self) -> None:
        """InvalidAnswers by field when it can't be right."""
        if problems := self.problems():
            raise InvalidAnswers(problems)


@dataclass(frozen=True)
class UpdateDraft:
    """A new update, before it is checked: its words in the default language, who speaks, and what it is about."""

    wording: Wording
    speaker: Person | None
    link: str = ""
    picture: str = ""
    item: RoadmapItem | None = None
    decision: Decision | None = None
    problems: dict[str, str] = field(default_factory=dict)


def frame_problems(link: str, picture: str, speaker: Person | None) -> dict[str, str]:
    """What is wrong with whose words they are, the link and the picture, by field."""
    found = {}
    if speaker is None or not speaker.has(Role.EXECUTIVE):
        found["speaker"] = "Choose the executive in whose name it is said."
    for name, value in (("link", link), ("picture", picture)):
        if value.strip() and not is_address(value.strip()):
            found[name] = "Give a web address that starts with https://, or leave it empty."
    return found


def write(session: Session, draft: UpdateDraft, actor: Person, now: datetime) -> Update:
    """Store a checked update; InvalidAnswers when it can't be right."""
    problems = draft.problems | draft.wording.problems() | frame_problems(draft.link, draft.picture, draft.speaker)
    if problems or draft.speaker is None:
        raise InvalidAnswers(problems)
    update = Update(
        item_id=draft.item.key if draft.item else None,
        item=draft.item,
        decision_id=draft.decision.key if draft.decision else None,
        decision=draft.decision,
        author_id=actor.key,
        author=actor,
        speaker_id=draft.speaker.key,
        speaker=draft.speaker,
        locale=draft.wording.locale,
        link=draft.link.strip(),
        picture=draft.picture.strip(),
        made_at=now,
    )
    if speaks_for(actor, draft.speaker.key):
        update.agreed_version, update.agreed_by_id, update.agreed_by = 1, actor.key, actor
    session.add(update)
    session.flush()
    words = {name: getattr(draft.wording, name).strip() for name in ("title", "changed", "means", "may", "behaviour")}
    update.texts.append(UpdateText(update_id=update.key, locale=draft.wording.locale, **words))
    session.flush()
    return update


def get(session: Session, update_id: int, *, lock: bool = False) -> Update:
    """The update with this id, with `lock` locked until the transaction ends; NotFound when there is none."""
    found = locked(session, Update, update_id) if lock else session.get(Update, update_id)
    if found is None:
        msg = "There is no such update"
        raise NotFound(msg, "See /updates for those there are.")
    return found


def newest(session: Session, limit: int) -> list[Update]:
    """The newest updates, drafts too."""
    return list(session.exec(select(Update).order_by(col(Update.id).desc()).limit(limit)))
