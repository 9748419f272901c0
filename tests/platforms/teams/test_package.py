"""The Teams app's package: Microsoft's own schema takes its manifest, and its icons are what Teams asks for."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from typing import Any

import jsonschema
import pytest

from bot.commands import Command
from bot.platforms.teams import graph, icons
from bot.platforms.teams.extension import ON_MESSAGES, SEARCHES
from bot.platforms.teams.package import GRAPH_PERMISSIONS, PERMISSIONS, VERSION, manifest, package
from bot.platforms.teams.tab import SCOPE
from bot.process.wiring import commands
from bot.settings import Settings, SettingsError, TeamsSettings
from tests.places import CLIENTS, ROOT
from tests.platforms.slack.world import unused, unused_form
from tests.platforms.teams.fake_connector import APP_ID

Json = dict[str, Any]
BASE = "https://outside-in.company.example"
ABOUT = "https://intranet.company.example/outside-in"
SCHEMAS = CLIENTS / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
needs_schemas = pytest.mark.skipif(
    not SCHEMAS.exists(), reason="Microsoft's manifest schemas are not there: npm ci --prefix tests/clients"
)


def made(settings: Settings, base_url: str | None = None, **more: str) -> Json:
    """The manifest of all our commands."""
    reached = settings.model_copy(update={"web": settings.web.model_copy(update={"base_url": base_url})})
    searches = {name: (one.title, one.description) for name, one in SEARCHES.items()}
    return manifest(reached, commands().values(), ON_MESSAGES, searches, **({"app_id": APP_ID, "about": ABOUT} | more))


def faults(found: Json) -> list[str]:
    """What Microsoft's schema says against a manifest."""
    schema = json.loads((SCHEMAS / f"v{VERSION}" / "MicrosoftTeams.schema.json").read_text(encoding="utf-8"))
    return [fault.message for fault in jsonschema.Draft4Validator(schema).iter_errors(found)]


def many(count: int) -> list[Command]:
    """So many commands, the last of them first in order."""
    return [Command(f"c{number}", "Help " * 40, unused, order=count - number) for number in range(count)]


def pixels(png: bytes) -> tuple[int, int, list[tuple[int, ...]]]:
    """Width, height and RGBA of each pixel of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    parts, at = {b"IDAT": b""}, 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        parts[kind], at = parts.get(kind, b"") + data, at + 12 + length
    width, height, *form = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert form == [8, 6, 0, 0, 0]
    raw, row = zlib.decompress(parts[b"IDAT"]), 1 + 4 * width
    rows = [bytes(row)]
    for start in range(0, len(raw), row):
        rows.append(b"\0" + unfiltered(raw[start], raw[start + 1 : start + row], rows[-1][1:]))
    assert len(rows) == height + 1
    return width, height, [tuple(line[x : x + 4]) for line in rows[1:] for x in range(1, row, 4)]


def unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """A row of RGBA as it was before its filter: https://www.w3.org/TR/png/#9Filters."""
    made = bytearray()
    for at, byte in enumerate(line):
        left, up, corner = (made[at - 4], above[at], above[at - 4]) if at >= 4 else (0, above[at], 0)
        paeth = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
        made.append((byte + (0, left, up, (left + up) // 2, paeth)[kind]) % 256)
    return bytes(made)


@needs_schemas
@pytest.mark.parametrize("base_url", [None, BASE])
def test_microsofts_schema_takes_it(settings: Settings, base_url: str | None) -> None:
    """No fault, with a dashboard and without."""
    assert faults(made(settings, base_url)) == []


@needs_schemas
def test_microsofts_schema_finds_faults(settings: Settings) -> None:
    """Its silence means something: a scope that doesn't exist and a thirteenth command are told."""
    wrong = made(settings)
    wrong["bots"][0]["scopes"] = ["everywhere"]
    wrong["bots"][0]["commandLists"][0]["commands"] = [{"title": "again"}] * 13
    assert len(faults(wrong)) == 2


@needs_schemas
def test_the_schema_is_the_newest(settings: Settings) -> None:
    """When the pinned package brings a newer one, this says so."""
    known = [
        tuple(int(part) for part in match.groups())
        for path in SCHEMAS.iterdir()
        if (match := re.fullmatch(r"v(\d+)\.(\d+)", path.name))
    ]
    assert "{}.{}".format(*max(known)) == VERSION
    assert made(settings)["manifestVersion"] == VERSION


def test_the_commands_are_the_listed_ones_in_their_order(settings: Settings) -> None:
    """Each scope offers the first eleven of those that help shows, in their own words, and help, which tells of the others."""
    listed = sorted((one for one in commands().values() if one.listed), key=lambda one: one.order)
    listed = [*[one for one in listed if one.name != "help"][:11], commands()["help"]]
    lists = made(settings)["bots"][0]["commandLists"]
    assert [(one["scopes"], one.get("triggers")) for one in lists] == [
        (["personal"], None),
        (["team", "groupChat"], ["mention", "slash"]),
    ]
    starters, slashes = (one["commands"] for one in lists)
    assert [(one["title"], one["description"]) for one in slashes] == [(one.name, one.help) for one in listed]
    assert [(one["type"], one["prompt"]) for one in starters] == [("prompt", one.name) for one in listed]
    assert [one["title"] for one in starters] == [one.label or one.name for one in listed]
    assert made(settings)["bots"][0]["supportsTargetedMessages"] is True


def test_of_more_than_twelve_the_first_by_order_are_offered(settings: Settings) -> None:
    """The others are left out of the menu, and words too long for it are cut: 32 and 128 characters.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/create-a-bot-commands-menu
    """
    offered = manifest(settings, many(15), (), app_id=APP_ID, about=ABOUT)["bots"][0]["commandLists"][0]["commands"]
    assert [one["title"] for one in offered] == [f"c{number}" for number in range(14, 3, -1)]
    assert all(len(one["title"]) <= 32 and len(one["description"]) <= 128 for one in offered)


def test_the_message_extension_offers_what_the_code_answers(settings: Settings) -> None:
    """Each action is asked for on a message, fetches its dialog, and is one that bot.platforms.teams.extension knows."""
    (extension,) = made(settings)["composeExtensions"]
    assert extension["botId"] == APP_ID
    assert {one["id"] for one in extension["commands"]} == ON_MESSAGES | set(SEARCHES)
    assert [one["type"] for one in extension["commands"]] == ["action", "query", "query"]
    promise = extension["commands"][0]
    assert (promise["type"], promise["context"], promise["fetchTask"]) == ("action", ["message"], True)
    assert promise["title"] == "Add a commitment"


def test_without_an_address_there_is_no_tab(settings: Settings) -> None:
    """Nothing is shown in a tab until the dashboard can be reached."""
    found = made(settings)
    assert "staticTabs" not in found
    assert "validDomains" not in found
    assert {found["developer"][name] for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl")} == {ABOUT}


def with_tab(settings: Settings) -> Settings:
    """The same settings with the dashboard as a tab."""
    teams = TeamsSettings.model_validate({"dashboard_tab": True})
    return settings.model_copy(update={"platforms": settings.platforms.model_copy(update={"teams": teams})})


def test_the_dashboard_is_no_tab_unless_asked_for(settings: Settings) -> None:
    """Entra must know of it first. Its links may open all the same."""
    found = made(settings, BASE)
    assert "staticTabs" not in found
    assert found["validDomains"] == ["outside-in.company.example"]
    assert found["webApplicationInfo"]["resource"] == ABOUT


def test_the_dashboard_as_a_tab(settings: Settings) -> None:
    """After the chat; Teams opens the page that signs in, and asks Entra for the address that the guide has it expose."""
    found = made(with_tab(settings), BASE)
    assert [one["entityId"] for one in found["staticTabs"]] == ["conversations", "dashboard", "about"]
    assert found["staticTabs"][1]["contentUrl"] == f"{BASE}/dashboard/teams"
    assert found["webApplicationInfo"] == {"id": APP_ID, "resource": f"api://outside-in.company.example/botid-{APP_ID}"}
    guide = (ROOT / "docs" / "install-teams.md").read_text(encoding="utf-8")
    assert "api://your.address/botid-" in guide
    assert f"`{SCOPE}`" in guide
    if SCHEMAS.exists():
        assert faults(found) == []


def test_a_tab_needs_an_address(settings: Settings) -> None:
    """Said with what to set."""
    with pytest.raises(SettingsError, match=r"web\.base_url"):
        made(with_tab(settings))


def test_ids_and_version_are_those_given(settings: Settings) -> None:
    """The bot's id is the app's, its extension's and that with which it may install itself."""
    found = made(settings, version="1.2.30")
    assert found["version"] == "1.2.30"
    assert {found["id"], found["bots"][0]["botId"], found["webApplicationInfo"]["id"]} == {APP_ID}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"app_id": "secret"}, "Copy it from Entra"),
        ({"version": "1.0"}, "three numbers"),
        ({"version": "1.0.01"}, "three numbers"),
        ({"about": ""}, r"web\.base_url in app\.yaml, or --about"),
        ({"about": "http://intranet.company.example"}, "https addresses only"),
    ],
)
def test_what_teams_would_refuse_is_told(settings: Settings, wrong: dict[str, str], told: str) -> None:
    """Each is said with what to do, and no value that may be a secret is repeated."""
    with pytest.raises(SettingsError, match=told) as refused:
        made(settings, **wrong)
    assert "secret" not in str(refused.value)


def test_a_tab_is_never_promised_over_http(settings: Settings) -> None:
    """Teams opens https alone."""
    with pytest.raises(SettingsError, match="https addresses only"):
        made(settings, "http://outside-in.company.example")


@pytest.mark.parametrize("reason", [*PERMISSIONS.values(), *GRAPH_PERMISSIONS.values()])
def test_every_reason_is_one_sentence(reason: str) -> None:
    """IT reads them one by one."""
    assert reason.endswith(".")
    assert reason.count(". ") == 0


def test_the_graph_permission_is_the_one_the_installer_states() -> None:
    """What IT is told to grant is what bot.platforms.teams.graph says it takes."""
    assert graph.__doc__ is not None
    assert all(name in graph.__doc__ for name in GRAPH_PERMISSIONS)


def test_the_package_holds_manifest_and_icons(settings: Settings) -> None:
    """Three files at the top, the icons under the names the manifest gives, and the same bytes every time."""
    found = made(settings)
    content = package(found)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(archive.read("manifest.json")) == found
        assert pixels(archive.read(found["icons"]["color"]))[:2] == (192, 192)
        assert pixels(archive.read(found["icons"]["outline"]))[:2] == (32, 32)
    assert package(found) == content


def test_the_outline_is_white_on_nothing() -> None:
    """White and transparent are all Teams takes there: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package."""
    _, _, drawn = pixels(icons.outline())
    assert {pixel[:3] for pixel in drawn if pixel[3]} == {(255, 255, 255)}
    assert {drawn[0][3], max(pixel[3] for pixel in drawn)} == {0, 255}
    assert 0.1 < sum(pixel[3] > 128 for pixel in drawn) / len(drawn) < 0.4


def test_the_colour_icon_fills_its_square() -> None:
    """No corner is transparent, and there is a figure on it."""
    _, _, drawn = pixels(icons.color())
    assert {pixel[3] for pixel in drawn} == {255}
    assert drawn[0][:3] == icons.ACCENT
    assert 0.1 < sum(pixel[:3] == (255, 255, 255) for pixel in drawn) / len(drawn) < 0.4


def test_a_company_with_a_long_name_fits(settings: Settings) -> None:
    """Teams takes 32 characters of a developer's name; the end that is lost is seen to be."""
    company = settings.company.model_copy(update={"name": "A company whose name goes on and on"})
    long = settings.model_copy(update={"company": company})
    found = manifest(long, [Command("c", "Help", unused, form=unused_form)], (), app_id=APP_ID, about=ABOUT)
    assert len(found["developer"]["name"]) == 32
    assert found["developer"]["name"].endswith("…")
