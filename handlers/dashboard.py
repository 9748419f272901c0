"""/dashboard: a personal link to the figures, for ten minutes and once."""

from bot.cards import Card, Link, Text, Tone
from bot.commands import Action, Command, Request
from bot.domain.access import sign_ins


def _run(request: Request) -> Card:
    secret = sign_ins.link_for(request.session, request.actor, request.now)
    address = f"{request.settings.web.address}/dashboard/enter?key={secret}"
    return Card(
        title="Your dashboard is ready",
        blocks=(
            Link(label="Open the dashboard", url=address),
            Text(text="The link is yours alone and works once, within ten minutes. Don't pass it on.", tone=Tone.MUTED),
        ),
        once="Type /dashboard for a new link.",
    )


COMMAND = Command(
    name="dashboard",
    action=Action.OPEN_DASHBOARD,
    help="Open the figures in a browser: a link of your own, for ten minutes",
    label="Dashboard",
    order=52,
    run=_run,
)
