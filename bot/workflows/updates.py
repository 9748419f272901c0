"""The forms an update is written, aimed and sent with, and what was filled in."""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.cards import ChoiceField, DateField, Form, FormField, Option, SearchField, TextField
from bot.commands import Request
from bot.domain.engagements.customers import Customer
from bot.domain.errors import InvalidAnswers
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.plans.roadmap import TITLE_LIMIT
from bot.domain.rights import Action, may
from bot.domain.updates import audience_words, receipts, recipients
from bot.domain.updates.audiences import GUESTS, Audience, ChannelMember
from bot.domain.updates.broadcasts import Broadcast, When
from bot.domain.updates.updates import LIMIT, Update, UpdateText, Wording
from bot.domain.words.matching import Candidate, best
from bot.measures import standings
from bot.settings import channel_named
from bot.views.broadcast_steps import stale_key
from bot.views.people import person_option
from bot.views.updates import LANGUAGES, language_name
from bot.workflows.colleagues import SUGGESTED, among
from bot.workflows.commitments import colleague

_KINDS = {"department": "Department", "role": "Role", "country": "Country", "serves": "By the customers they look after"}


def language(locale: str) -> str:
    """The language of a locale: `de` of `de-AT`. An update speaks a language, not a country's way of it."""
    return locale.replace("_", "-").partition("-")[0].lower()


def words(request: Request, locale: str) -> Wording:
    """What was filled in, in one language."""
    parts = {name: request.filled.text(name) for name in ("title", "changed", "means", "may", "behaviour")}
    return Wording(locale=locale, **parts)


def wording_fields(found: UpdateText | None = None, title: str = "") -> list[FormField]:
    """The words of an update, filled in with those there are."""

    def value(name: str) -> str:
        return getattr(found, name) if found else ""

    return [
        TextField(name="title", label="Title", value=value("title") or title, required=True, max_length=TITLE_LIMIT),
        TextField(name="changed", label="What changed", value=value("changed"), multiline=True, required=True, max_length=LIMIT),
        TextField(
            name="means",
            label="What it means for you",
            value=value("means"),
            multiline=True,
            required=True,
            max_length=LIMIT,
            placeholder="From where the reader stands",
        ),
        TextField(
            name="may",
            label="What you may now do without asking",
            value=value("may"),
            multiline=True,
            max_length=LIMIT,
        ),
        TextField(name="behaviour", label="How we'd like to act", value=value("behaviour"), multiline=True, max_length=LIMIT),
    ]


def frame_fields(request: Request, update: Update | None = None) -> list[FormField]:
    """In whose name it is said, the link and the picture."""
    own = request.actor if request.actor.has(Role.EXECUTIVE) else None
    chosen = colleague(request, "speaker") or (update.speaker if update else own)
    return [
        SearchField(
            name="speaker",
            label="In whose name",
            source="speakers",
            suggestions=speakers(request, ""),
            values=(person_option(chosen),) if chosen else (),
            required=True,
            help="They are asked to agree before it goes out.",
        ),
        TextField(name="link", label="Link", value=update.link if update else "", placeholder="https://…", max_length=LIMIT),
        TextField(
            name="picture", label="Picture", value=update.picture if update else "", placeholder="https://…", max_length=LIMIT
        ),
    ]


def speakers(request: Request, query: str) -> tuple[Option, ...]:
    """The executives in whose name an update can speak."""
    return among(people.executives(request.session), query)


def language_field(request: Request, update: Update) -> ChoiceField:
    """The language that is changed; else those that people here have and the update doesn't speak yet."""
    has = {one.locale for one in update.texts}
    chosen = request.args.get("locale", "")
    if chosen not in has:
        known = {language(one) for one in request.session.exec(select(Person.locale).where(col(Person.active)).distinct())}
        chosen, found = "", known - has or LANGUAGES - has
    else:
        found = {chosen}
    options = tuple(Option(value=one, label=language_name(one)) for one in sorted(found))
    return ChoiceField(name="locale", label="Language", options=options[:SUGGESTED], value=chosen, required=True)


def audience_form(request: Request, broadcast: Broadcast) -> Form:
    """Who, and who also, and who not: each any of several."""
    aimed = broadcast.audience
    fields = (
        _parts_field(request, "who", "Who receives it", aimed.who, help_="Anyone matching any of these.", required=True),
        _parts_field(request, "also", "… who are also", aimed.also, help_="Leave it empty, or narrow it down: only those of them."),
        _parts_field(request, "never", "… but never", aimed.never, help_="These are left out, whatever else fits them."),
    )
    return Form(title="Audience", command="update-audience", fields=fields, args=args_of(broadcast), submit="Preview recipients")


def _parts_field(
    request: Request, name: str, label: str, chosen: tuple[str, ...], *, help_: str, required: bool = False
) -> SearchField:
    answered = tuple(request.filled.texts(name)) or chosen
    return SearchField(
        name=name,
        label=label,
        source="audience",
        suggestions=parts(request, ""),
        values=tuple(_option(request, part) for part in answered),
        multiple=True,
        required=required,
        help=help_,
        placeholder="A department, role, country, segment, team, name …",
    )


def _option(request: Request, part: str) -> Option:
    label = audience_words.part_label(request.session, part, request.settings)
    return Option(value=part, label=label[:1].upper() + label[1:], detail=_KINDS.get(part.partition(":")[0], ""))


def parts(request: Request, query: str) -> tuple[Option, ...]:
    """The parts an audience can be made of, the best 100 for what was typed; single people and teams once something is typed."""
    known = [_option(request, part) for part in _standard_parts(request)]
    if not query.strip():
        return tuple(known[:SUGGESTED])
    everyone = people.staff(request.session)
    bosses = set(request.session.exec(select(Person.manager_id).where(col(Person.manager_id).is_not(None)).distinct()))
    known += [Option(value=f"team:{one.key}", label=f"Everyone who reports to {one.name}") for one in everyone if one.key in bosses]
    known += [Option(value=f"person:{one.key}", label=one.name, detail=one.title or one.department) for one in everyone]
    if channel := _channel(request, query):
        return (channel,)
    options = {one.value: one for one in known}
    found = best(query, [Candidate(one.value, one.label) for one in known], SUGGESTED)
    return tuple(options[str(match.candidate.id)] for match in found)


def _channel(request: Request, query: str) -> Option | None:
    """The members of a channel whose id was typed."""
    named = channel_named(query)
    return _option(request, "channel:{}:{}".format(*named)) if named else None


def _standard_parts(request: Request) -> list[str]:
    session = request.session
    departments = session.exec(select(Person.department).where(col(Person.active), Person.department != "").distinct())
    countries = session.exec(select(Person.country).where(col(Person.active), Person.country != "").distinct())
    served = set(session.exec(select(Customer.segment).where(col(Customer.owner_id).is_not(None)).distinct()))
    channels = session.exec(select(ChannelMember.platform, ChannelMember.channel).distinct()).all()
    return [
        "everyone",
        *(f"department:{one}" for one in sorted(departments)),
        *(f"role:{one.value}" for one in (Role.EXECUTIVE, Role.CX_OFFICE, Role.DELEGATE)),
        *(f"serves:{one.key}" for one in request.settings.segments if one.key in served),
        *(f"country:{one}" for one in sorted(countries)),
        *(f"channel:{platform}:{channel}" for platform, channel in sorted(channels)),
        GUESTS,
    ]


def audience(request: Request) -> Audience:
    """What was chosen."""
    chosen = {name: tuple(dict.fromkeys(request.filled.texts(name))) for name in ("who", "also", "never")}
    return Audience(**chosen)


_URGENT = "urgent"
_WHENS = (
    Option(value=When.NOW, label="Now (outside working hours, when work begins)"),
    Option(value=When.MORNING, label="At nine in each one's own morning"),
    Option(value=When.AT, label="At a set time (outside working hours, when work begins)"),
)
_AT_ONCE = Option(value=_URGENT, label="Urgent: now, also at night and on days off")


def send_form(request: Request, broadcast: Broadcast) -> Form:
    """When it is to go out."""
    today = request.actor.today(request.now)
    options = (*_WHENS, _AT_ONCE) if may(request.actor, Action.HURRY_UPDATE) else _WHENS
    fields = (
        ChoiceField(name="when", label="When", options=options, value=broadcast.when.value, required=True),
        DateField(name="day", label="Day", value=broadcast.day or today),
        TextField(name="at", label="Time, on your clock", placeholder="14:00", max_length=20, help="For “at a set time” only."),
    )
    return Form(title="Send it", command="send-update", fields=fields, args=args_of(broadcast), submit="Send")


def ask_to_send(request: Request, broadcast: Broadcast) -> None:
    """Ask for it to be sent as the form says."""
    size = standings.of(request.session, broadcast, request.settings, request.now).reach
    ask = "Choose when it goes out."
    when, chosen = request.filled.choice("when", {*When, _URGENT}, missing=ask, wrong=ask), request.filled.day("day")
    request.filled.check()
    at = None
    if when == When.AT:
        at = datetime.combine(chosen or request.actor.today(request.now), _time(request), ZoneInfo(request.actor.zone))
    kind = When.NOW if when == _URGENT else When(when)
    broadcast.ask(request.actor, size.count if size else 0, kind, request.now, at=at, day=chosen)
    if when == _URGENT:
        recipients.hurry(request.session, broadcast, request.actor, request.now)


_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?([ap]m)?")


def _time(request: Request) -> time:
    typed = request.filled.text("at")
    found = _TIME.fullmatch(typed.lower())
    try:
        hour, minute, half = found.groups() if found else ("", "", "")
        return time(int(hour) % 12 + (12 if half == "pm" else 0) if half else int(hour), int(minute or 0))
    except ValueError:
        raise InvalidAnswers({"at": f"“{typed}” is no time. Write it like 14:00."}) from None


def args_of(broadcast: Broadcast) -> dict[str, str]:
    """What a form about a broadcast carries."""
    return {"broadcast": str(broadcast.key), "version": stale_key(broadcast)}


def published(request: Request, update: Update) -> list[receipts.Question]:
    """The questions that stand in it."""
    return receipts.published(request.session, update)
