"""What a client sends, as text that can be stored. A card's values come back from the client, which may have made anything of them."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import Inbound
from bot.domain.words.typed_text import plain


def cleaned(inbound: Inbound) -> Inbound:
    """The same with nothing in it but text without control characters."""
    one = inbound.sender
    sender = replace(
        one,
        user_id=plain(one.user_id),
        tenant=plain(one.tenant),
        email=plain(one.email),
        conversation=plain(one.conversation),
    )
    form = None if inbound.form is None else {plain(name): _answer(value) for name, value in inbound.form.items()}
    args = {name: _text(value) for name, value in inbound.args.items()}
    return replace(inbound, sender=sender, text=plain(inbound.text), args=args, form=form)


def _text(value: object) -> str:
    return "" if value is None else plain(str(value))


def _answer(value: object) -> str | list[str]:
    return [_text(one) for one in value] if isinstance(value, list) else _text(value)
