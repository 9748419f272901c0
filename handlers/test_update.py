"""Send an update to oneself alone (a button on its card)."""

from bot.cards import Card, Tone
from bot.commands import Action, Command, Request
from bot.delivery.notifying import notify
from bot.domain.outbox import moments
from bot.domain.outbox.subjects import Subject
from bot.workflows.readers import written_update


def _run(request: Request) -> Card:
    update = written_update(request)
    notify(request.session, request.actor, Subject.UPDATE_TEST, update.key, request.settings, request.now, exempt=moments.TEST)
    return Card(title="The test is on its way to you, and to nobody else.", tone=Tone.GOOD)


COMMAND = Command(name="test-update", action=Action.PREVIEW_UPDATE, help="Send an update to yourself", listed=False, run=_run)
