"""What people do, by odds: of their own accord, and when something arrives. Buttons are found by what they do, not by their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.cards import Button, Card, Form, Reply
from tests.quarter.calendar import Leave
from tests.quarter.company import Member
from tests.quarter.life import Behaviour, Life, Message

HOUR = timedelta(hours=1)


def found(card: Reply, command: str) -> Button | None:
    """The first button that does something."""
    return next((one for one in card.buttons if one.command == command), None) if isinstance(card, Card) else None


class Odds(Behaviour):
    """People as they are: some answer at once, some late, some never. `updates` is how many the CX office writes in a usual week."""

    def __init__(self, updates: float = 1.6) -> None:
        self._updates = updates
        self._written = 0
        self._promised = 0

    def day(self, life: Life, since: datetime) -> None:
        """Executives log and promise; the CX office writes; employees choose the digest, or not any more."""
        tomorrow = since.date() + timedelta(days=1)
        for one in life.company.members.values():
            at = one.calendar.moment(tomorrow, life.odds(one).random())
            if one.calendar.at_work(at) and (one.gone is None or at < one.gone):
                for deed in self._own(life, one):
                    life.plan(at, deed)

    def _own(self, life: Life, one: Member) -> list[Callable[[], object]]:
        odds, deeds = life.odds(one), list[Callable[[], object]]()
        if one.kind == "executive":
            if odds.random() < 0.12 * one.diligence:
                deeds.append(lambda: self._log(life, one, None))
            if odds.random() < 0.05:
                deeds.append(lambda: self._promise(life, one))
        if one.kind == "delegate" and odds.random() < 0.05:
            deeds.append(lambda: self._log(life, one, None))
        office = len(life.company.of("cx_office"))
        if one.kind == "cx_office" and odds.random() < self._updates / office / 5:
            deeds += [lambda: self._write(life, one)] * odds.choices([1, 2, 4], [8, 2, 1])[0]
        return deeds

    def reacts(self, life: Life, member: Member, message: Message, card: Card) -> None:  # noqa: ARG002 - others look at it
        """Whatever the card asks, some do, some do later, some never."""
        chances = {
            "nothing-to-log": (0.9, self._prompted),
            "got-it": (0.6, self._reads),
            "agree-update": (0.95, self._approves),
            "answer-question": (0.5, self._answers),
            "accept-commitment": (0.7, self._accepts),
            "agree-date": (0.7, self._decides),
            "told-customer": (0.5, self._tells),
            "complete-commitment": (0.35, self._completes),
        }
        for command, (chance, deed) in chances.items():
            if found(card, command) is not None:
                if life.odds(member).random() < chance * (0.4 + 0.6 * member.diligence):
                    after = HOUR * life.odds(member).choice([0, 0.2, 1, 3, 20, 45])
                    life.plan_at_work(member, after, lambda deed=deed: deed(life, member, card))  # type: ignore[misc]
                return

    def _prompted(self, life: Life, member: Member, card: Card) -> None:
        roll = life.odds(member).random()
        if roll < 0.45:
            self._log(life, member, found(card, life.odds(member).choice(["logvisit", "logcall"])))
        elif (roll < 0.65 and (button := found(card, "remind-tomorrow"))) or (
            roll < 0.85 and (button := found(card, "nothing-to-log"))
        ):
            life.presses(member, button)
        elif button := found(card, "out-until"):
            today = member.calendar.local(life.now()).date()
            last = today + timedelta(days=life.odds(member).choice([0, 3, 8]))
            reply = life.presses(member, button, last=last.isoformat())
            if isinstance(reply, Card) and str(last.day) in reply.title:
                member.calendar.leaves.append(Leave(today, last, life.now()))

    def _log(self, life: Life, member: Member, button: Button | None) -> None:
        name, _, _ = life.odds(member).choice(life.company.customers)
        heard = f"{name} said something on {life.now():%d %b %H:%M}"
        if button is None:
            command = life.odds(member).choice(["logvisit", "logcall", "logcall"])
            reply = life.fills(member, life.types(member, f"/{command} {name}: {heard}"), **self._bosses(life, member))
        else:
            form = life.does(member, button.command, button.args)
            reply = life.fills(member, form, customer=_first(form, "customer"), heard=heard)
        if isinstance(reply, Card) and life.odds(member).random() < 0.2:
            self._promise(life, member)

    def _bosses(self, life: Life, member: Member) -> dict[str, list[str]]:
        return {"executives": [str(life.key(member.bosses[0]))]} if member.bosses else {}

    def _promise(self, life: Life, member: Member) -> None:
        odds = life.odds(member)
        others = [one for one in life.company.members.values() if one.gone is None]
        owner = odds.choice([member, odds.choice(life.company.of("executive")), odds.choice(others), odds.choice(others)])
        due = member.calendar.local(life.now()).date() + timedelta(days=odds.choice([1, 2, 4, 7, 7, 14, 21, 30]))
        form = life.types(member, "/commit")
        self._promised += 1
        answers = {"what": f"deliver item {self._promised:04}", "owner": str(life.key(owner.email)), "due": due.isoformat()}
        if odds.random() < 0.6:
            answers["customer"] = str(odds.randrange(len(life.company.customers)) + 1)
        if member.bosses:
            answers["promised_by"] = str(life.key(member.bosses[0]))
        life.fills(member, form, **answers)

    def _accepts(self, life: Life, member: Member, card: Card) -> None:
        if (button := found(card, "accept-commitment")) is None:
            return
        reply = life.presses(member, button)
        self._later(life, member, reply)

    def _later(self, life: Life, member: Member, reply: Reply) -> None:
        """Once accepted: in time, late, never; or another date is asked for."""
        done, moved = found(reply, "complete-commitment"), found(reply, "change-date")
        roll = life.odds(member).random()
        if done and roll < 0.6:
            after = timedelta(days=life.odds(member).choice([1, 3, 6, 12, 20, 30]))
            life.plan_at_work(member, after, lambda: life.presses(member, done, note="It is done."))
        elif moved and roll < 0.75:
            due = member.calendar.local(life.now()).date() + timedelta(days=20)
            life.plan_at_work(member, 20 * HOUR, lambda: life.presses(member, moved, due=due.isoformat(), note="It takes longer."))

    def _decides(self, life: Life, member: Member, card: Card) -> None:
        if button := found(card, life.odds(member).choice(["agree-date", "agree-date", "keep-date"])):
            life.presses(member, button)

    def _tells(self, life: Life, member: Member, card: Card) -> None:
        if button := found(card, "told-customer"):
            life.presses(member, button)

    def _completes(self, life: Life, member: Member, card: Card) -> None:
        if button := found(card, "complete-commitment"):
            life.presses(member, button, note="Done, as asked.")

    def _reads(self, life: Life, member: Member, card: Card) -> None:
        roll = life.odds(member).random()
        if roll < 0.84 and (button := found(card, "got-it")):
            life.presses(member, button)
        elif roll < 0.9 and (button := found(card, "cannot")):
            life.presses(member, button, note="Our system doesn't allow it.")
        elif button := found(card, "ask"):
            life.presses(member, button, question=f"What about {member.department}, {life.now():%d %b}?")

    def _answers(self, life: Life, member: Member, card: Card) -> None:
        if button := found(card, "answer-question"):
            life.presses(member, button, answer="Yes, there too.", to=life.odds(member).choice(["asker", "asker", "all"]))

    def _approves(self, life: Life, member: Member, card: Card) -> None:
        if life.odds(member).random() < 0.08 and (button := found(card, "send-back-update")):
            life.presses(member, button, note="Say it more simply.")
        elif button := found(card, "agree-update"):
            life.presses(member, button)

    def _write(self, life: Life, member: Member) -> None:
        odds = life.odds(member)
        self._written += 1
        speaker = odds.choice(life.company.of("executive"))
        words = {
            "title": f"Change {self._written:03}",
            "changed": f"It changed: {self._written}.",
            "means": "It's simpler.",
            "may": "Decide it.",
        }
        card = life.fills(member, life.types(member, "/update new"), **words, speaker=str(life.key(speaker.email)))
        if (button := found(card, "update-audience")) is None:
            return
        who = odds.choice(["everyone", "everyone", f"department:{member.department}", "country:US", "role:executive", "country:DE"])
        card = life.presses(member, button, who=[who])
        if (button := found(card, "send-update")) is None:
            return
        tomorrow = member.calendar.local(life.now()).date() + timedelta(days=1)
        card = life.presses(member, button, **_when(odds.random(), tomorrow))
        number = int(button.args["broadcast"])
        if odds.random() < 0.3:
            life.plan_at_work(member, timedelta(days=4), lambda: self._again(life, member, number, "remind-readers"))
        if odds.random() < 0.12:
            life.plan_at_work(
                member, timedelta(days=odds.choice([0.1, 3, 9])), lambda: self._again(life, member, number, "recall-update")
            )

    def _again(self, life: Life, member: Member, broadcast: int, command: str) -> None:
        card = life.does(member, "update", {"broadcast": str(broadcast)})
        if button := found(card, command):
            life.presses(member, button)


def _when(roll: float, tomorrow: date) -> dict[str, str]:
    if roll < 0.5:
        return {"when": "now"}
    if roll < 0.85:
        return {"when": "morning", "day": tomorrow.isoformat()}
    return {"when": "at", "day": tomorrow.isoformat(), "at": "14:00"}


def _first(form: Reply, name: str) -> str:
    """The first suggestion of a form's field; nothing on a card."""
    if not isinstance(form, Form):
        return ""
    one = next(field for field in form.fields if field.name == name)
    return next((option.value for option in getattr(one, "values", ()) or getattr(one, "suggestions", ())), "")
