"""The forms of roadmap items and decisions, and what was filled in."""

from __future__ import annotations

from bot.cards import Card, ChoiceField, DateField, FormField, Option, SearchField, TextField
from bot.commands import Request
from bot.domain.people import people
from bot.domain.people.people import Person, Role
from bot.domain.plans import roadmap
from bot.domain.plans.decisions import Decision, Ruling
from bot.domain.plans.roadmap import LIMIT, TITLE_LIMIT, Plan, RoadmapItem, Status
from bot.domain.words.matching import Candidate, best
from bot.measures import promised
from bot.views import roadmap as views
from bot.views.engagements import stage_options, target_options
from bot.views.people import person_option
from bot.workflows.colleagues import among, colleagues
from bot.workflows.commitments import colleague

NONE = "none"
"""The answer that something serves no target: said, not left out."""

DECIDERS = (Role.EXECUTIVE, Role.CX_OFFICE, Role.ADMIN)
"""Who decides for customers."""

_NO_TARGET = Option(value=NONE, label="No target: the CX office will ask about it")


def status_options() -> tuple[Option, ...]:
    """The statuses, to choose from."""
    return tuple(Option(value=one.value, label=one.label) for one in Status)


def item_fields(request: Request, item: RoadmapItem | None = None) -> tuple[FormField, ...]:
    """The questions of an item, filled in with what it says."""
    owner = colleague(request, "owner") or (item.owner if item else request.actor)
    return (
        TextField(name="title", label="What will change", value=item.title if item else "", required=True, max_length=TITLE_LIMIT),
        TextField(name="what", label="More about it", value=item.what if item else "", multiline=True, max_length=LIMIT),
        *tie_fields(request, item),
        ChoiceField(
            name="status",
            label="Status",
            options=status_options(),
            value=item.status.value if item else Status.NEXT.value,
            required=True,
        ),
        SearchField(
            name="owner",
            label="Owner",
            source="colleagues",
            suggestions=colleagues(request, ""),
            values=(person_option(owner),),
            required=True,
        ),
    )


def tie_fields(request: Request, thing: RoadmapItem | Decision | None) -> tuple[FormField, ...]:
    """The stage and the target that something is tied to."""
    target = (thing.target or NONE) if thing else ""
    known = request.settings.target(target) is not None or target in {"", NONE}
    return (
        ChoiceField(
            name="stage",
            label="Stage of the journey",
            options=stage_options(request.settings),
            value=thing.stage if thing and request.settings.stage(thing.stage) else "",
            required=True,
        ),
        ChoiceField(
            name="target",
            label="Which target it serves",
            options=(*target_options(request.settings), _NO_TARGET),
            value=target if known else "",
            required=True,
        ),
    )


def plan(request: Request, before: RoadmapItem | None = None) -> Plan:
    """What was filled in of an item; `before` is the one that is changed, whose status stays where the form didn't ask for it."""
    status = request.filled.choice("status", set(Status)) or (before.status if before else Status.NEXT)
    return Plan(
        title=request.filled.text("title"),
        what=request.filled.text("what"),
        stage=request.filled.text("stage"),
        target=_target(request),
        status=Status(status),
        owner=colleague(request, "owner"),
    )


def _target(request: Request) -> str:
    """The target chosen; the one who left it open is asked again, for “none” must be said."""
    chosen = request.filled.text("target")
    return "" if chosen == NONE else chosen or "?"


def decision_fields(request: Request, decision: Decision | None = None) -> tuple[FormField, ...]:
    """The questions of a decision, filled in with what it says."""
    own = request.actor if request.actor.has(*DECIDERS) else None
    by = colleague(request, "decided_by") or (decision.decided_by if decision else own)
    item = _item(request) or (decision.item if decision else None)
    return (
        TextField(
            name="title", label="What was decided", value=decision.title if decision else "", required=True, max_length=TITLE_LIMIT
        ),
        TextField(name="why", label="Why", value=decision.why if decision else "", multiline=True, required=True, max_length=LIMIT),
        TextField(
            name="need",
            label="For which customers' need",
            value=decision.need if decision else "",
            placeholder="What they try to get done, in their words",
            max_length=LIMIT,
        ),
        SearchField(
            name="decided_by",
            label="Who decided it",
            source="deciders",
            suggestions=tuple(person_option(one) for one in deciders(request)[:100]),
            values=(person_option(by),) if by else (),
            required=True,
        ),
        DateField(
            name="decided_on",
            label="When",
            value=decision.decided_on if decision else request.actor.today(request.now),
            required=True,
        ),
        *tie_fields(request, decision),
        SearchField(
            name="item",
            label="On the roadmap",
            source="roadmap",
            suggestions=items(request, ""),
            values=(views.item_option(item),) if item else (),
        ),
    )


def ruling(request: Request, before: Decision | None = None) -> Ruling:
    """What was filled in of a decision; `before` is the one that is corrected."""
    return Ruling(
        title=request.filled.text("title"),
        why=request.filled.text("why"),
        need=request.filled.text("need"),
        stage=request.filled.text("stage"),
        target=_target(request),
        decided_by=_decider(request, before),
        decided_on=request.filled.day("decided_on"),
        item=_item(request),
    )


def _decider(request: Request, before: Decision | None) -> Person | None:
    """Who was chosen, of those who decide; whoever it was before may have another task by now."""
    chosen = colleague(request, "decided_by")
    kept = before is not None and chosen is not None and chosen.key == before.decided_by_id
    return chosen if chosen is not None and (kept or chosen.has(*DECIDERS)) else None


def _item(request: Request) -> RoadmapItem | None:
    key = request.filled.id("item")
    found = request.session.get(RoadmapItem, key) if key is not None else None
    if key is not None and found is None:
        request.filled.problems["item"] = "It is not on the roadmap any more. Choose one from the list."
    return found


def deciders(request: Request) -> list[Person]:
    """Who decides: executives and the CX office."""
    return [one for one in people.staff(request.session) if one.has(*DECIDERS)]


def find_deciders(request: Request, query: str) -> tuple[Option, ...]:
    """They, the best 100 for what was typed."""
    return among(deciders(request), query)


def items(request: Request, query: str) -> tuple[Option, ...]:
    """Roadmap items, the best 100 for what was typed."""
    found = {one.key: one for one in roadmap.items(request.session)}
    if not query.strip():
        return tuple(views.item_option(one) for one in list(found.values())[:100])
    known = [Candidate(key, one.title) for key, one in found.items()]
    return tuple(views.item_option(found[int(match.candidate.id)]) for match in best(query, known))


def show_item(request: Request, item: RoadmapItem) -> Card:
    """An item's card, with how many open promises wait for it."""
    request.session.flush()
    return views.card(item, request.actor, request.settings, promised.waiting_for(request.session, item))
