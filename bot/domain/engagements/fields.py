"""The list of an engagement's fields: what is said of one, each field once, for draft, form, card, export and API alike.

Who was there, with whom, when and of which kind are a form's own questions; everything else is a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.settings import Settings

LIMIT = 12_000
"""Characters of each field that a person writes."""

NAME_LIMIT, CONTACTS_LIMIT = 200, 1_000
"""Characters of one contact's name, and of all an engagement's contacts with commas between them."""


class Shape(Enum):
    """What a field holds, and so how it is asked and read."""

    LINE = auto()
    """Text in an input of one line."""
    TEXT = auto()
    """Text of any length."""
    STAGE = auto()
    """A stage's key in app.yaml."""
    TARGET = auto()
    """A target's key in app.yaml."""
    YES_NO = auto()
    """True, False, or None for unsaid."""

    @property
    def typed(self) -> bool:
        """Whether it is a person's own words: limited in length, and in the API only for a token that reads notes."""
        return self in {Shape.LINE, Shape.TEXT}


class Place(Enum):
    """Where the form asks: right after the customer, after who was there, or at its end."""

    FIRST = auto()
    MIDDLE = auto()
    LAST = auto()


class Shown(Enum):
    """How a card shows it: as a quotation, as a fact, or in a place of its own that `bot/views/engagements.py` gives it."""

    QUOTE = auto()
    FACT = auto()
    OWN = auto()


@dataclass(frozen=True)
class EngagementField:
    """One field. `name` is its column, draft attribute, form field and key in the API; `label` what the form asks.

    `heading` is its column in an export, `caption` what a card calls it, `yes` and `no` the words of either answer.
    """

    name: str
    label: str
    heading: str
    shape: Shape = Shape.LINE
    place: Place = Place.LAST
    shown: Shown = Shown.FACT
    caption: str = ""
    placeholder: str = ""
    required: bool = False
    yes: str = "Yes"
    no: str = "No"


FIELDS = (
    EngagementField("stage", "Stage of their journey", "stage", Shape.STAGE, Place.MIDDLE, Shown.OWN),
    EngagementField(
        *("heard", "What you heard", "heard", Shape.TEXT, Place.FIRST, Shown.OWN),
        placeholder="In their words, about their work and their worries",
        required=True,
    ),
    EngagementField("surprised", "What surprised you", "surprised", Shape.TEXT, Place.FIRST, Shown.QUOTE, caption="What surprised"),
    EngagementField("follow_up", "Follow-up", "follow-up", caption="Follow-up"),
    EngagementField("evidence_target", "Which goal does this relate to?", "evidence for", Shape.TARGET, Place.MIDDLE, Shown.OWN),
    EngagementField(
        *("evidence_holds", "Does it hold?", "holds", Shape.YES_NO, Place.MIDDLE, Shown.OWN),
        yes="Yes, it holds",
        no="No, not yet",
    ),
)
"""In the order of an export's columns."""

TYPED = tuple(one for one in FIELDS if one.shape.typed)
"""Those a person writes."""

_KNOWN: dict[Shape, Callable[[Settings, str], object]] = {Shape.STAGE: Settings.stage, Shape.TARGET: Settings.target}


def in_settings(field: EngagementField, value: object, settings: Settings) -> bool:
    """Whether app.yaml has what was chosen; True for a field that isn't chosen from it, or was left empty."""
    look_up = _KNOWN.get(field.shape)
    return look_up is None or not value or look_up(settings, str(value)) is not None


__all__ = ["CONTACTS_LIMIT", "FIELDS", "LIMIT", "NAME_LIMIT", "TYPED", "EngagementField", "Place", "Shape", "Shown", "in_settings"]
