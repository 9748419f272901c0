"""/roadmap: what we plan to change for customers, by status and stage; and where target and plan don't meet."""

from bot.cards import Card, Text, Tone
from bot.commands import Action, Command, Request
from bot.domain.errors import NotFound
from bot.domain.plans import decisions, roadmap
from bot.domain.plans.roadmap import RoadmapItem, Status
from bot.domain.words.matching import Candidate, decide
from bot.measures import planned
from bot.views import roadmap as views
from bot.workflows.roadmap import show_item


def _run(request: Request) -> Card:
    if request.args.get("item"):
        return show_item(request, roadmap.get(request.session, request.number("item")))
    typed = request.args.get("show", request.text).strip().lower()
    if typed == "gaps":
        return _gaps(request)
    if typed in set(Status):
        return _list(request, f"On the roadmap: {Status(typed).label}", roadmap.items(request.session, status=Status(typed)), typed)
    if not typed:
        return _open(request)
    return _found(request, typed)


def _open(request: Request) -> Card:
    """What is to come; done and stopped are only counted."""
    found = roadmap.items(request.session)
    past = planned.past(found)
    card = _list(request, "The roadmap", [one for one in found if one.is_open], "")
    if past:
        counted = f"{past} done or stopped: /roadmap done, /roadmap stopped."
        card = card.model_copy(update={"blocks": (*card.blocks, Text(text=counted, tone=Tone.MUTED))})
    return card


def _found(request: Request, typed: str) -> Card:
    """Of a stage, or with a title like what was typed."""
    stage = decide(typed, [Candidate(one.key, one.name, aliases=(one.key,)) for one in request.settings.journey]).winner
    if stage is not None:
        name = views.stage_name(str(stage.candidate.id), request.settings)
        return _list(request, f"On the roadmap: {name}", roadmap.items(request.session, stage=str(stage.candidate.id)), typed)
    known = {one.key: one for one in roadmap.items(request.session)}
    fitting = decide(typed, [Candidate(key, one.title) for key, one in known.items()])
    if fitting.winner is not None:
        return show_item(request, known[int(fitting.winner.candidate.id)])
    if fitting.choices:
        return _list(request, f"On the roadmap: “{typed}”", [known[int(one.candidate.id)] for one in fitting.choices], typed)
    msg = f"Nothing on the roadmap is called “{typed}”"
    raise NotFound(msg, "Type /roadmap alone for all of it, or a stage, a status, or gaps.")


def _list(request: Request, title: str, found: list[RoadmapItem], typed: str) -> Card:
    offset = request.number("offset", 0)
    return views.listing(title, found, request.actor, request.settings, offset, {"show": typed} if typed else {})


def _gaps(request: Request) -> Card:
    session, settings = request.session, request.settings
    untargeted = roadmap.untargeted(session, settings), decisions.untargeted(session, settings)
    return views.gaps(roadmap.unserved(session, settings), *untargeted, settings)


COMMAND = Command(
    name="roadmap",
    action=Action.SEE_ROADMAP,
    help="See what we plan to change for customers, and the gaps",
    usage="[stage, status, title or gaps]",
    label="Roadmap",
    order=42,
    run=_run,
)
