"""The command line's `accounts`: whose Slack and Teams accounts are linked to whom."""

from __future__ import annotations

import asyncio
import os
from typing import Annotated

import typer
from rich.table import Table

from bot.cli.terminal import CONFIG, DATA, ConfigOption, DataOption, err, fail, opened, out, settings_in

accounts = typer.Typer(help="Whose Slack and Teams accounts are linked to whom: docs/accounts.md.", no_args_is_help=True)

EmailOption = Annotated[str, typer.Option("--email", help="Only of people whose email has this in it.")]


@accounts.command("list")
def show(email: EmailOption = "", config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Show who has which account, and when its platform last said that it is the company's own."""
    from bot.domain.access import accounts as linked  # noqa: PLC0415 - everything heavy is imported by the command that needs it

    table = Table("Id", "Email", "Platform", "Account", "Last used", "Vouched for", box=None)
    with opened(settings_in(config), data) as database, database.session() as session:
        found = linked.linked(session, email)
        for account, person in found:
            used = "not yet" if account.seen_at == linked.NEVER else f"{account.seen_at:%Y-%m-%d %H:%M} UTC"
            vouched = f"{account.vouched_at:%Y-%m-%d %H:%M} UTC" if account.vouched_at else "never"
            table.add_row(str(account.id), person.email, account.platform.value, account.user_id, used, vouched)
    out.print(
        table
        if found
        else "No account is linked yet."
        if not email
        else f"No account is linked to anybody with “{email}” in their email."
    )


@accounts.command("unlink")
def unlink(
    account: Annotated[int, typer.Argument(help="The account's id, as `accounts list` shows it.")],
    config: ConfigOption = CONFIG,
    data: DataOption = DATA,
) -> None:
    """Make an account nobody's: its person is signed out of the dashboard everywhere, and its conversation is forgotten.

    It is linked again at its next use when its platform says that it is the company's own, with that person's address.
    """
    from bot.domain.access import accounts as linked  # noqa: PLC0415
    from bot.domain.people import people  # noqa: PLC0415

    with opened(settings_in(config), data) as database, database.session() as session:
        found = session.get(people.Account, account)
        if found is None:
            raise fail(f"There is no account {account}. See which there are: outside-in accounts list")
        email, name = people.get(session, found.person_id).email, f"{found.platform.value} account {found.user_id}"
        linked.unlink(session, found, "outside-in accounts unlink")
    out.print(f"The {name} isn't linked to {email} any more, and {email} is signed out everywhere.", markup=False)


@accounts.command("check")
def check(email: EmailOption = "", config: ConfigOption = CONFIG, data: DataOption = DATA) -> None:
    """Ask Slack and Teams about every linked account, and list those that wouldn't be linked today. Exit code 1 when there are any.

    Accounts that are right are marked so; nothing is unlinked.
    """
    from bot.cli.checking import check_accounts  # noqa: PLC0415

    settings = settings_in(config)
    with opened(settings, data) as database:
        report = asyncio.run(check_accounts(database, settings, os.environ, email))
    for line in report.wrong:
        err.print(line, style="red", markup=False, soft_wrap=True)
    for line in report.unasked:
        out.print(line, markup=False, soft_wrap=True)
    out.print(f"{report.right:,} right, {len(report.wrong):,} wrong, {len(report.unasked):,} not asked.")
    if report.wrong:
        raise typer.Exit(1)
