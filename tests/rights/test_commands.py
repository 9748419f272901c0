"""Every command, button and form, with Ada's numbers, as everybody: against the table, and against what each may ever read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.commands import Command
from bot.domain.people import people
from bot.domain.rights import Action, may_ever, who
from tests.conftest import words
from tests.rights.company import ADAS, ROLES, SECRETS, Company

ABOUT_BROADCASTS = {Action.CHANGE_UPDATE, Action.PREVIEW_UPDATE, Action.APPROVE_UPDATE, Action.WRITE_UPDATES, Action.READ_UPDATE}

TYPED = {
    "update": ("stats",),
    "participation": ("company",),
    "roadmap": ("gaps", "XITEM"),
    "decision": ("XDECISION",),
    "engagements": ("XHEARD",),
}
"""What else is typed after a command than names."""


def attempts(company: Company, actor: str, command: Command) -> Iterator[str]:
    """What is answered to all ways of asking for it."""
    tries: list[dict[str, str]] = [company.args("sent"), company.args("sent", "1")]
    if command.action in ABOUT_BROADCASTS or command.name in {"share-update", "show-approval"}:
        tries += [company.args("draft", "0.1"), company.args("waiting", "0.1")]
    for args in tries:
        yield words(company.attempt(actor, command.name, args=args))
        if actor not in ADAS:
            assert not company.trial.changed, (command.name, actor, company.trial.changed)
        if command.form is None:
            continue
        yield words(company.attempt(actor, command.name, args=args, fill=True))
        if actor not in ADAS:
            assert not company.trial.changed, (command.name, actor, company.trial.changed)
    if command.listed:
        for text in ("", "Secretcorp", "Ada Xname", *TYPED.get(command.name, ())):
            yield words(company.attempt(actor, command.name, text)).replace(f"“{text}”", "").replace(f"wrote: {text}", "")


@pytest.mark.parametrize("actor", ROLES)
def test_nobody_reads_or_changes_what_is_not_theirs(company: Company, actor: str) -> None:
    """Whatever is pressed, typed or filled in, with whosever numbers."""
    read = set()
    for command in company.world.application.dispatcher.commands.values():
        for answer in attempts(company, actor, command):
            shown = {mark for mark in SECRETS if mark in answer}
            assert all(actor in SECRETS[mark] for mark in shown), (command.name, actor, shown, answer)
            read |= shown
    if actor in {"ada", "cleo"}:
        assert read >= set(SECRETS) - {"XREASON"}, set(SECRETS) - read


@pytest.mark.parametrize("actor", ROLES)
def test_a_command_says_for_whom_it_is(company: Company, actor: str) -> None:
    """Where a role has no right at all, the answer is the same whatever number the button carries."""
    with company.trial.session() as session:
        person = people.by_email(session, f"{actor}@firm.example")
        allowed = {
            name for name, one in company.world.application.dispatcher.commands.items() if person and may_ever(person, one.action)
        }
    for name, command in company.world.application.dispatcher.commands.items():
        answers = [words(company.attempt(actor, name, args=args)) for args in (company.args(), {"engagement": "999"}, {})]
        if actor in {"lea"} or "@" in actor:
            assert all("I don't know you" in one for one in answers), (name, answers[0])
        elif name not in allowed:
            assert f"/{name} is for {who(command.action)}" in answers[0]
            assert len(set(answers)) == 1, name
        else:
            assert f"/{name} is for" not in answers[0]


def test_every_command_has_its_line(company: Company) -> None:
    """The process wouldn't start otherwise; nor would anybody be let in."""
    from bot.process.wiring import check_rights  # noqa: PLC0415

    nameless = Command("nameless", "x", lambda _: None)  # type: ignore[arg-type,return-value]  # never run
    with pytest.raises(LookupError, match="nobody may use"):
        check_rights([nameless])
    with company.trial.session() as session:
        for actor in ("ada", "cleo", "adam"):
            person = people.by_email(session, f"{actor}@firm.example")
            assert person is not None
            assert not nameless.open_to(person)
