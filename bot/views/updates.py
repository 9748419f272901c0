"""An update as its readers get it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot.cards import Actions, Block, Button, ButtonStyle, Byline, Card, Facts, Heading, Link, Picture, Quote, Text, Tone
from bot.domain.rights import Action, may
from bot.domain.updates.receipts import Answer, Question
from bot.domain.updates.updates import Update
from bot.views.engagements import excerpt

_LANGUAGES = {
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "nb": "Norsk",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "sv": "Svenska",
    "tr": "Türkçe",
    "zh": "中文",
}
LANGUAGES = frozenset(_LANGUAGES)
"""The languages whose names are known."""


def language_name(locale: str) -> str:
    """A language by the name its speakers give it; its key when that isn't known."""
    return _LANGUAGES.get(locale, locale)


def copy(update: Update, locale: str, questions: Sequence[Question] = (), *, buttons: bool = True) -> Card:
    """What somebody with this locale reads: what changed, what it means for them, what they may now do; and the ways to answer."""
    text = update.text_for(locale)
    blocks = tuple(_blocks(update, locale, questions))
    actions = (Actions(buttons=_answers(update)),) if buttons else ()
    return Card(title=text.title, blocks=(*blocks, *actions))


def _blocks(update: Update, locale: str, questions: Sequence[Question]) -> Iterator[Block]:
    text = update.text_for(locale)
    yield Byline(name=update.speaker.name, role=update.speaker.title, picture=update.speaker.picture)
    if update.picture:
        yield Picture(url=update.picture, alt=text.title)
    yield Text(text=text.changed)
    yield Facts(items=tuple(pair for pair in _parts(update, locale) if pair[1]))
    if update.link:
        yield Link(label=f"Read more on {urlsplit(update.link).hostname}", url=update.link)
    if questions:
        yield Heading(text="Questions answered")
    for question in questions:
        yield Text(text=question.text, strong=True)
        yield Quote(text=question.answer, source=question.answered_by.name if question.answered_by else "")


def _parts(update: Update, locale: str) -> tuple[tuple[str, str], ...]:
    text = update.text_for(locale)
    return (
        ("What it means for you", text.means),
        ("What you may now do without asking", text.may),
        ("How we'd like to act", text.behaviour),
    )


def _answers(update: Update) -> tuple[Button, ...]:
    args = {"update": str(update.key)}
    return (
        Button(label=_SAID[Answer.GOT_IT], command="got-it", args=args, style=ButtonStyle.PRIMARY, replaces=True),
        Button(label=_SAID[Answer.CANNOT], command="cannot", args=args, opens_form=True, replaces=True),
        Button(label="Ask a question", command="ask", args=args, opens_form=True),
    )


def again(card: Card) -> Card:
    """The same once more, to somebody who hasn't answered."""
    lead = Text(text="You haven't answered this one yet: did it reach you?", tone=Tone.MUTED)
    return card.model_copy(update={"blocks": (lead, *card.blocks)})


def preview(update: Update, locale: str, questions: Sequence[Question] = ()) -> Card:
    """As its readers get it, with no buttons to press by mistake; and the other languages there are."""
    shown = copy(update, locale, questions, buttons=False)
    others = tuple(
        Button(
            label=f"In {language_name(one.locale)}",
            command="preview-update",
            args={"update": str(update.key), "locale": one.locale},
            replaces=True,
        )
        for one in update.texts
        if one.locale != update.text_for(locale).locale
    )
    lead = Text(text="This is how they will see it; below it, they can answer or ask.", tone=Tone.MUTED)
    return shown.model_copy(update={"blocks": (lead, *shown.blocks, *((Actions(buttons=others, choices=True),) if others else ()))})


def reworded(update: Update, locale: str) -> Card:
    """To the one it speaks for, when somebody changed words that are out already."""
    shown = copy(update, locale, buttons=False)
    lead = Text(text="What staff read in your name was changed. This is how it reads now; if it isn't right, tell the CX office.")
    return Card(title="Words in your name were changed", blocks=(lead, Heading(text=shown.title), *shown.blocks))


def test(update: Update, locale: str) -> Card:
    """A test, to whoever writes it."""
    shown = copy(update, locale, buttons=False)
    lead = Text(text="A test: it went to you alone.", tone=Tone.MUTED)
    return shown.model_copy(update={"blocks": (lead, *shown.blocks)})


_SAID = {Answer.GOT_IT: "Got it", Answer.CANNOT: "I can't, because…"}


def answered(update: Update, locale: str, answer: Answer, questions: Sequence[Question] = ()) -> Card:
    """The update, with what its reader has said, and the ways to say something else: another reason, too."""
    shown, said = copy(update, locale, questions, buttons=False), _SAID[answer]
    rest = tuple(one for one in _answers(update) if one.label != said or answer == Answer.CANNOT)
    plain = tuple(one.model_copy(update={"style": ButtonStyle.NORMAL}) for one in rest)
    blocks = (*shown.blocks, Text(text=f"You said: {said}. Thank you.", tone=Tone.GOOD), Actions(buttons=plain))
    return shown.model_copy(update={"blocks": blocks})


def archive(found: Sequence[Update], locale: str, offset: int, total: int, recalled: Sequence[Update] = ()) -> Card:
    """A page of past updates, each to be opened; below it, how many of theirs were `recalled`."""
    blocks: list[Block] = []
    for one in found:
        text = one.text_for(locale)
        blocks.append(Text(text=text.title, strong=True))
        blocks.append(Text(text=excerpt(text.means), tone=Tone.MUTED))
        blocks.append(Actions(buttons=(Button(label="Read", command="updates", args={"update": str(one.key)}),)))
    if recalled:
        blocks.append(Text(text=recalled_line(recalled), tone=Tone.MUTED))
    elif not found:
        blocks.append(Text(text="No update has been sent to you yet. When there is one, it comes to you here by itself."))
    if offset + len(found) < total:
        more = Button(label="Older", command="updates", args={"offset": str(offset + len(found))}, replaces=True)
        blocks.append(Actions(buttons=(more,)))
    return Card(title="Updates for you", blocks=tuple(blocks))


def recalled_line(recalled: Sequence[Update]) -> str:
    """How many updates were recalled, and by whom, as in: 1 update was recalled by the CX office."""
    by = {"the CX office" if may(one.recalled_by, Action.OVERSEE) else one.recalled_by.name for one in recalled if one.recalled_by}
    number = "1 update was" if len(recalled) == 1 else f"{len(recalled):,} updates were"
    return f"{number} recalled{f' by {by.pop()}' if len(by) == 1 else ''}."
