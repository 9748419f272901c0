"""How much of botbuilder we stand on: each name is one more to replace, so the list is kept, and kept small."""

from __future__ import annotations

import ast

from tests.places import ROOT

BOT = ROOT / "bot"

NAMES = {
    "botbuilder.core": {"ActivityHandler", "InvokeResponse", "TurnContext"},
    "botbuilder.integration.aiohttp": {"CloudAdapter"},
    "botbuilder.schema": {"Activity", "ChannelAccount", "ConversationAccount"},
    "botframework.connector.auth": {
        "AuthenticateRequestResult",
        "BotFrameworkAuthentication",
        "ClaimsIdentity",
        "ConnectorFactory",
    },
}
"""What docs/decisions/0009-leaving-botbuilder.md counts on."""


def used() -> dict[str, set[str]]:
    """Every name that our code takes from Microsoft's SDK, by module."""
    found: dict[str, set[str]] = {}
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"botbuilder", "botframework", "msrest"}:
                found.setdefault(str(node.module), set()).update(one.name for one in node.names)
            if isinstance(node, ast.Import):
                for one in node.names:
                    assert one.name.split(".")[0] not in {"botbuilder", "botframework", "msrest"}, (
                        f"{path}: import its names, one by one"
                    )
    return found


def test_only_these_names_are_used() -> None:
    """A new one is added here and to the decision, with why there was no other way."""
    assert used() == NAMES


def test_only_one_file_knows_them() -> None:
    """Leaving the SDK is writing bot/platforms/teams/sdk.py anew."""
    holders = {
        path.relative_to(BOT).as_posix() for path in BOT.rglob("*.py") if "from botbuilder" in path.read_text(encoding="utf-8")
    }
    assert holders == {"platforms/teams/sdk.py"}
