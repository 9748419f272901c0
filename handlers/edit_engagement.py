"""Edit: correct an engagement that is logged already (a button on it)."""

from bot.commands import Action, Command
from bot.workflows.log_engagement import edit_form, save_edit

COMMAND = Command(
    name="edit-engagement",
    action=Action.CHANGE_ENGAGEMENT,
    help="Correct an engagement",
    listed=False,
    form=edit_form,
    run=save_edit,
)
