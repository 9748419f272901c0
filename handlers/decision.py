"""/decision: what was decided for customers, why and by whom; the newest, or by words."""

from bot.cards import Card
from bot.commands import Action, Command, Request
from bot.domain.errors import NotFound
from bot.domain.plans import decisions
from bot.views import roadmap as views

_SHOWN = 10


def _run(request: Request) -> Card:
    if request.args.get("decision"):
        return views.decision_card(decisions.get(request.session, request.number("decision")), request.actor, request.settings)
    found = decisions.search(request.session, request.text, _SHOWN)
    if request.text and not found:
        msg = f"No decision speaks of “{request.text}”"
        raise NotFound(msg, "Try another word, or type /decision alone for the newest.")
    title = f"Decisions with “{request.text}”" if request.text else "What was decided for customers"
    return views.decisions(title, found, request.actor, request.settings)


COMMAND = Command(
    name="decision",
    action=Action.SEE_DECISIONS,
    help="See what was decided for customers, and why; write one down",
    usage="[words]",
    label="Decisions",
    order=43,
    run=_run,
)
