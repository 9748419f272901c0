"""/update: write to staff about a roadmap item or a decision; see how those sent are doing."""

from bot.cards import Actions, Block, Button, ButtonStyle, Card, Form, Text, Tone
from bot.commands import Action, Command, Request
from bot.delivery.broadcasts import lanes
from bot.domain.errors import NotFound
from bot.domain.plans import decisions, roadmap
from bot.domain.rights import may
from bot.domain.updates import broadcasts, updates
from bot.domain.updates.broadcasts import Broadcast
from bot.domain.updates.updates import UpdateDraft
from bot.domain.words.matching import Candidate, decide
from bot.views import broadcasts as views
from bot.workflows.broadcasts import show, standing, taken
from bot.workflows.commitments import colleague
from bot.workflows.updates import frame_fields, language, wording_fields, words

_SHOWN, _LOOKED_AT = 6, 200


def _form(request: Request) -> Form | Card:
    typed, _, rest = request.text.partition(" ")
    if request.args.get("broadcast"):
        return _opened(request, taken(request))
    if typed.lower() == "stats":
        return _figures(request, rest)
    if not request.text and not request.args:
        return _list(request)
    title = "" if typed.lower() in {"new", "add"} and not rest else request.text
    if request.args.get("item"):
        title = roadmap.get(request.session, request.number("item")).title
    if request.args.get("decision"):
        title = decisions.get(request.session, request.number("decision")).title
    fields = (*wording_fields(title=title), *frame_fields(request))
    args = {name: request.args[name] for name in ("item", "decision", "form_id") if request.args.get(name)}
    return Form(title="Tell staff", command="update", fields=fields, args=args or {"new": "yes"}, submit="Save as draft")


def _run(request: Request) -> Card:
    draft = UpdateDraft(
        words(request, language(request.settings.company.locale)),
        colleague(request, "speaker"),
        link=request.filled.text("link"),
        picture=request.filled.text("picture"),
        item=roadmap.get(request.session, request.number("item")) if request.args.get("item") else None,
        decision=decisions.get(request.session, request.number("decision")) if request.args.get("decision") else None,
    )
    update = updates.write(request.session, draft, request.actor, request.now)
    return show(request, broadcasts.new(request.session, update))


def _latest(request: Request) -> list[Broadcast]:
    return [one for one in broadcasts.newest(request.session, _LOOKED_AT) if _concerned(request, one) and not one.put_away]


def _concerned(request: Request, broadcast: Broadcast) -> bool:
    return may(request.actor, Action.PREVIEW_UPDATE, broadcast.update)


def _rows(request: Request, found: list[Broadcast]) -> list[Block]:
    blocks: list[Block] = []
    for one in found:
        card = views.card(standing(request, one), request.actor)
        blocks.append(Text(text=card.title))
        blocks.append(Actions(buttons=(Button(label="Open", command="update", args={"broadcast": str(one.key)}),)))
    return blocks


def _list(request: Request) -> Card:
    new = Button(label="Write an update", command="update", args={"new": "yes"}, style=ButtonStyle.PRIMARY, opens_form=True)
    blocks: list[Block] = [Actions(buttons=(new,)), *_rows(request, _latest(request)[:_SHOWN])]
    if len(blocks) == 1:
        hint = "Nothing has been written yet. An update says what changed, what it means for its readers, and what they may now do."
        blocks.append(Text(text=hint, tone=Tone.MUTED))
    return Card(title="Updates to staff", blocks=tuple(blocks))


def _opened(request: Request, broadcast: Broadcast) -> Card:
    if broadcast.started_at and may(request.actor, Action.PREVIEW_UPDATE, broadcast.update):
        return views.figures(standing(request, broadcast), request.actor)
    return show(request, broadcast)


def _figures(request: Request, words_: str) -> Card:
    found = [one for one in _latest(request) if one.started_at]
    if words_:
        known = {one.key: one for one in found}
        chosen = decide(words_, [Candidate(one.key, one.update.default.title) for one in found])
        found = [known[int(one.candidate.id)] for one in ((chosen.winner,) if chosen.winner else chosen.choices)]
    if not found:
        msg = f"No update called “{words_}” has been sent" if words_ else "No update has been sent yet"
        raise NotFound(msg, "See /update for those there are.")
    if words_ and len(found) > 1:
        return Card(title=f"Which one is “{words_}”?", blocks=tuple(_rows(request, found)))
    lanes.tell(request.session, found[0])
    return views.figures(standing(request, found[0]), request.actor)


COMMAND = Command(
    name="update",
    action=Action.WRITE_UPDATES,
    help="Tell staff what changed and what they may now do; see who got it",
    usage="[new, or stats and a title]",
    label="Updates to staff",
    order=45,
    form=_form,
    run=_run,
)
