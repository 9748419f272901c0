"""/participation: an executive's own; the company's, a department's or a person's for the CX office."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.errors import Refusal
from bot.domain.people.people import Person
from bot.domain.rights import executives_of, may
from bot.measures import pledged
from bot.measures.report import with_trend
from bot.measures.scorecard import scorecard
from bot.views.participation import office_card, own_card
from bot.workflows.participation import Wanted, read

_LONGEST = 300


def _run(request: Request) -> Card:
    text = request.args.get("q", request.text).strip()
    if len(text) > _LONGEST:
        msg = f"That is {len(text):,} characters; {_LONGEST} fit"
        raise Refusal(msg, "Write a name, a department or “company”, and perhaps “last quarter”.")
    if not text and not may(request.actor, Action.OVERSEE):
        return _own(request, _whose(request))
    wanted = read(text, request.session, request.actor, request.settings, request.now)
    if wanted.person is not None and wanted.window.running and not may(request.actor, Action.OVERSEE):
        return _own(request, wanted.person)
    return _report(request, wanted)


def _whose(request: Request) -> Person:
    """The executive themselves, or the one a delegate acts for."""
    own = executives_of(request.actor, request.session)
    if request.actor in own or len(own) == 1:
        return request.actor if request.actor in own else own[0]
    msg = f"You act for {', '.join(one.name for one in own)}"
    raise Refusal(msg, "Write whose you want to see: /participation and the name.")


def _own(request: Request, person: Person) -> Card:
    return own_card(scorecard(request.session, person, request.settings, request.now), request.settings, request.actor)


def _report(request: Request, wanted: Wanted) -> Card:
    found, points = with_trend(request.session, wanted.scope, wanted.window, request.settings, request.now)
    return office_card(found, points, _silent(request, wanted), request.actor)


def _silent(request: Request, wanted: Wanted) -> list[Person]:
    """Who hasn't been out, for the CX office, in the window that runs."""
    if not may(request.actor, Action.OVERSEE) or not wanted.window.running:
        return []
    return pledged.not_out_yet(request.session, wanted.scope, wanted.window, request.settings, request.now)


COMMAND = Command(
    name="participation",
    action=Action.SEE_FIGURES,
    help="Pledge and actual: yours, or the company's, a department's, a person's",
    usage="[name, department or company] [this or last quarter, or two days]",
    label="Participation",
    order=41,
    run=_run,
)
