"""Sending to Teams over real HTTP: what arrives, and what each refusal means for the delivery."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.cards import Card, Text
from bot.delivery.senders import Destination, Refused, RetryLater, Sent, Uncertain, Unreachable
from bot.domain.people.people import Platform
from bot.platforms.teams.connector import Connector, Session
from bot.platforms.teams.graph import SCOPE, Installer
from bot.platforms.teams.reference import Reference
from bot.platforms.teams.sender import TeamsSender
from bot.platforms.teams.tokens import Certificate, Tokens
from tests.platforms.teams.fake_connector import APP_ID, KEY, SECRET, TENANT, FakeConnector, refusal

CARD = Card(title="Ada, log a visit?", blocks=(Text(text="2 of 3 this quarter"),))


@dataclass
class Desk:
    """A sender, the connector it calls, and the clock its tokens age by."""

    teams: FakeConnector
    session: Session
    home: Reference | None = None
    now: float = 1_000_000.0

    def sender(self, *, secret: str = SECRET, certificate: Certificate | None = None, app_id: str = APP_ID) -> TeamsSender:
        """Make a sender."""
        url = self.teams.token_url
        tokens = Tokens(self.session, app_id=app_id, secret=secret, certificate=certificate, url=url, clock=lambda: self.now)
        return TeamsSender(Connector(self.session, tokens), self.home)

    def to(self, conversation: str = "a:personal", user: str = "29:ada") -> Destination:
        """Make a destination."""
        kept = Reference(self.teams.service, conversation, TENANT, f"28:{APP_ID}", user).packed()
        return Destination(Platform.TEAMS, "aad-ada", "ada@firm.example", TENANT, kept)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A fake connector, served."""
    teams, session = FakeConnector(), Session()
    await teams.server.start_server()
    yield Desk(teams, session)
    await session.close()
    await teams.server.close()


async def test_a_card_arrives(desk: Desk) -> None:
    """The message is posted to the person's conversation with card and summary, and its id comes back."""
    sent = await desk.sender().send(desk.to(), CARD, "d1")
    ((_, path, body),) = desk.teams.calls
    assert (sent.message_id, path, sent.user_id) == ("m1", "/a:personal/activities", "aad-ada")
    assert body["summary"] == "Ada, log a visit?"
    assert body["from"] == {"id": f"28:{APP_ID}"}
    assert body["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"


async def test_a_card_is_replaced(desk: Desk) -> None:
    """A message sent is changed in its place."""
    sent = await desk.sender().send(desk.to(), CARD, "d1")
    await desk.sender().update(sent, Card(title="Done"))
    ((activity, body),) = desk.teams.updated()
    assert (activity, body["summary"], body["id"]) == ("m1", "Done", "m1")


async def test_somebody_never_met_is_unreachable(desk: Desk) -> None:
    """Without a conversation kept, or with one that can't be read, nothing is asked of Teams."""
    for conversation, reason in (("", "bot_not_installed"), ("{", "conversation_gone"), ('{"x": 1}', "conversation_gone")):
        with pytest.raises(Unreachable) as caught:
            await desk.sender().send(Destination(Platform.TEAMS, "u", "e", TENANT, conversation), CARD, "d1")
        assert caught.value.reason == reason
    assert desk.teams.calls == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(412), RetryLater),
        (refusal(429), RetryLater),
        (refusal(502), RetryLater),
        (refusal(504), RetryLater),
        (refusal(408), Uncertain),
        (refusal(500, "ServiceError"), Uncertain),
        (refusal(503), Uncertain),
        ("cut", Uncertain),
        (refusal(400, "BadSyntax"), Unreachable),
        (refusal(413, "MessageSizeTooBig"), Unreachable),
    ],
)
async def test_each_refusal_is_told_apart(desk: Desk, answer: web.Response | str, kind: type[Exception]) -> None:
    """What surely didn't arrive may be sent again; what may have arrived may not."""
    desk.teams.script = [answer if isinstance(answer, str) else web.Response(status=answer.status, body=answer.body)]
    with pytest.raises(kind):
        await desk.sender().send(desk.to(), CARD, "d1")
    assert len(desk.teams.calls) == 1


async def test_an_update_in_doubt_may_be_repeated(desk: Desk) -> None:
    """Replacing a message twice does no harm."""
    desk.teams.script = [refusal(500)]
    with pytest.raises(RetryLater):
        await desk.sender().update(Sent("m1", desk.to().conversation, "u"), CARD)


@pytest.mark.parametrize(("value", "after"), [("2", 2.0), ("0.5", 0.5), ("soon", None), ("Wed, 01 Jan 2020 00:00:00 GMT", 0.0)])
async def test_retry_after_is_obeyed(desk: Desk, value: str, after: float | None) -> None:
    """Seconds or a date: both say when to come back."""
    desk.teams.script = [refusal(429, Retry_After=value)]
    with pytest.raises(RetryLater) as caught:
        await desk.sender().send(desk.to(), CARD, "d1")
    assert caught.value.after == after


@pytest.mark.parametrize(
    ("code", "reason"),
    [("MessageWritesBlocked", "bot_blocked"), ("BotNotInConversationRoster", "bot_not_installed"), ("", "refused")],
)
async def test_forbidden_says_why(desk: Desk, code: str, reason: str) -> None:
    """A 403 is told by its sub-code, and still is one where there is none."""
    desk.teams.script = [refusal(403, code)]
    with pytest.raises(Unreachable) as caught:
        await desk.sender().send(desk.to(), CARD, "d1")
    assert (caught.value.reason, caught.value.detail) == (reason, code or "HTTP 403")


async def test_a_lost_conversation_is_made_anew_once(desk: Desk) -> None:
    """A conversation Teams doesn't know is created again, and the new one is kept."""
    sent = await desk.sender().send(desk.to("a:old"), CARD, "d1")
    assert Reference.unpacked(sent.conversation).conversation == "a:new"
    assert [path for _, path, _ in desk.teams.calls] == ["/a:old/activities", "", "/a:new/activities"]
    desk.teams.script = [refusal(404), "ok", refusal(404)]
    with pytest.raises(Unreachable) as caught:
        await desk.sender().send(desk.to("a:old"), CARD, "d1")
    assert caught.value.reason == "conversation_gone"


async def test_teams_cannot_be_searched(desk: Desk) -> None:
    """Whether an earlier message arrived can't be found out."""
    with pytest.raises(Uncertain):
        await desk.sender().find(desk.to(), "d1")


async def test_a_token_is_kept_and_renewed_ahead(desk: Desk) -> None:
    """One token serves an hour's messages, and is renewed five minutes before it ends."""
    sender = desk.sender()
    for later in (0, 10, 3_200, 101):
        desk.now += later
        await sender.send(desk.to(), CARD, "d1")
    assert len(desk.teams.token_requests) == 2


async def test_a_rejected_token_is_renewed_once(desk: Desk) -> None:
    """A token revoked before its time is replaced; refused again, the bot itself is refused."""
    sender = desk.sender()
    await sender.send(desk.to(), CARD, "d1")
    desk.teams.valid.clear()
    assert (await sender.send(desk.to(), CARD, "d2")).message_id == "m2"
    desk.teams.script = [refusal(401), refusal(401)]
    with pytest.raises(Refused):
        await sender.send(desk.to(), CARD, "d3")
    assert len(desk.teams.token_requests) == 3


async def test_a_wrong_secret_is_refused_and_a_busy_entra_retried(desk: Desk) -> None:
    """Without a token nothing is sent; whether that can change by waiting is told apart."""
    with pytest.raises(Refused, match="invalid_client"):
        await desk.sender(secret="wrong").send(desk.to(), CARD, "d1")
    for status in (503, 429):
        desk.teams.token_script = [web.Response(status=status, headers={"Retry-After": "7"}, text="busy")]
        with pytest.raises(RetryLater) as busy:
            await desk.sender().send(desk.to(), CARD, "d1")
        assert busy.value.after == 7
    desk.teams.token_script = [web.Response(text="hello")]
    with pytest.raises(Refused):
        await desk.sender().send(desk.to(), CARD, "d1")
    assert desk.teams.calls == []


async def test_a_token_is_read_whatever_the_text_is_written_in(desk: Desk) -> None:
    """A proxy may put a byte order mark before it. The connector knows the token by then."""
    desk.teams.valid.add("told")
    said = '{"access_token": "told", "expires_in": 3600}'
    for encoding in ("utf-8-sig", "utf-16"):
        desk.teams.token_script = [web.Response(body=said.encode(encoding), content_type="application/json")]
        assert (await desk.sender().send(desk.to(), CARD, "d1")).message_id
    desk.teams.token_script = [web.Response(body=b"\xff\xfe?", content_type="application/json")]
    with pytest.raises(Refused):
        await desk.sender().send(desk.to(), CARD, "d1")


async def test_a_service_that_is_away_is_tried_later(desk: Desk) -> None:
    """No connection means that nothing arrived."""
    sender, to = desk.sender(app_id=""), desk.to()
    await desk.teams.server.close()
    with pytest.raises(RetryLater):
        await sender.send(to, CARD, "d1")


async def test_a_certificate_proves_the_bot(desk: Desk, tmp_path: Path) -> None:
    """The token is asked for with an assertion signed by the certificate's key, named by its thumbprint."""
    path = tmp_path / "bot.pem"
    path.write_bytes(_pem())
    certificate = Certificate.read(str(path))
    await desk.sender(secret="", certificate=certificate).send(desk.to(), CARD, "d1")
    (asked,) = desk.teams.token_requests
    assert "client_secret" not in asked
    proof = asked["client_assertion"]

    claims = jwt.decode(
        proof,
        KEY.private.public_key(),
        ["PS256"],
        audience=desk.teams.token_url,
        options={"verify_exp": False, "verify_nbf": False},
    )
    assert (claims["iss"], claims["sub"]) == (APP_ID, APP_ID)
    assert jwt.get_unverified_header(proof)["x5t#S256"] == certificate.thumbprint()


def _pem() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bot")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, KEY.private.public_key(), 1, start, start + datetime.timedelta(days=365))
    certificate = builder.sign(KEY.private, hashes.SHA256())
    key = KEY.private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(serialization.Encoding.PEM) + key


async def test_a_message_is_taken_back(desk: Desk) -> None:
    """Deleted, it is gone; deleting it once more does no harm; a blocked bot is told."""
    sender = desk.sender()
    sent = await sender.send(desk.to(), CARD, "d1")
    await sender.delete(sent)
    assert desk.teams.messages == {}
    await sender.delete(sent)
    desk.teams.script.append(refusal(403, "MessageWritesBlocked"))
    with pytest.raises(Unreachable, match="bot_blocked"):
        await sender.delete(sent)


async def test_members_of_a_channel_page_by_page(desk: Desk) -> None:
    """Everyone in a channel, by their AAD object id, at the service the last message went to."""
    desk.teams.members = {str(count): {"id": f"29:{count}", "aadObjectId": f"aad-{count}"} for count in range(5)}
    sender = desk.sender()
    with pytest.raises(RetryLater):
        await sender.members("19:channel@thread.tacv2")
    await sender.send(desk.to(), CARD, "d1")
    assert await sender.members("19:channel@thread.tacv2") == [f"aad-{count}" for count in range(5)]


CHANNEL = "19:channel@thread.tacv2"


async def test_a_post_appears_in_its_channel(desk: Desk) -> None:
    """A card is posted in a channel or below a message, also by a bot that has sent nothing since its start, and taken back."""
    desk.home = Reference(desk.teams.service, "", TENANT, f"28:{APP_ID}")
    desk.teams.conversations.add(CHANNEL)
    sender = desk.sender()
    first = await sender.post(CHANNEL, CARD, "p1")
    below = await sender.post(CHANNEL, CARD, "p2", thread="1")
    assert [path for _, path, _ in desk.teams.calls] == [f"/{CHANNEL}/activities", f"/{CHANNEL};messageid=1/activities"]
    assert desk.teams.messages["m1"]["from"] == {"id": f"28:{APP_ID}"}
    for sent in (first, below):
        await sender.update(sent, Card(title="Corrected"))
        await sender.delete(sent)
        await sender.delete(sent)
    assert desk.teams.messages == {}


async def test_a_channel_is_reached_at_the_service_of_the_last_message(desk: Desk) -> None:
    """Once Teams' own address is known from a conversation, it goes before the one for all the world."""
    desk.home = Reference("http://127.0.0.1:9/", "", TENANT, f"28:{APP_ID}")
    desk.teams.conversations.add(CHANNEL)
    sender = desk.sender()
    with pytest.raises(RetryLater):
        await sender.post(CHANNEL, CARD, "p1")
    await sender.send(desk.to(), CARD, "d1")
    assert Reference.unpacked((await sender.post(CHANNEL, CARD, "p1")).conversation).user == ""


async def test_a_channel_that_takes_no_post_says_why(desk: Desk) -> None:
    """Gone, not installed in, throttled, cut off: each is what a message to a person would be."""
    desk.home = Reference(desk.teams.service, "", TENANT, f"28:{APP_ID}")
    sender = desk.sender()
    with pytest.raises(Unreachable, match="conversation_gone"):
        await sender.post(CHANNEL, CARD, "p1")
    desk.teams.script = [refusal(403, "BotNotInConversationRoster"), refusal(429, Retry_After="2"), "cut"]
    with pytest.raises(Unreachable, match="bot_not_installed"):
        await sender.post(CHANNEL, CARD, "p1")
    with pytest.raises(RetryLater) as caught:
        await sender.post(CHANNEL, CARD, "p1")
    assert caught.value.after == 2
    with pytest.raises(Uncertain):
        await sender.post(CHANNEL, CARD, "p1")


async def test_a_cut_deletion_may_come_again(desk: Desk) -> None:
    """Taking back twice does no harm, so a cut connection is for later."""
    sender = desk.sender()
    sent = await sender.send(desk.to(), CARD, "d1")
    desk.teams.script = ["cut", "cut"]
    with pytest.raises(RetryLater):
        await sender.delete(sent)


@pytest.fixture
async def graph() -> AsyncIterator[tuple[str, list[tuple[str, str, str]], list[int]]]:
    """Microsoft Graph on loopback: its address, what was asked of it, and the statuses it answers next."""
    asked: list[tuple[str, str, str]] = []
    statuses: list[int] = []

    async def install(request: web.Request) -> web.Response:
        body = await request.json()
        asked.append((request.match_info["user"], body["teamsApp@odata.bind"], request.headers["Authorization"]))
        return web.Response(status=statuses.pop(0) if statuses else 201, headers={"Retry-After": "7"})

    site = web.Application()
    site.router.add_post("/v1.0/users/{user}/teamwork/installedApps", install)
    server = TestServer(site)
    await server.start_server()
    yield str(server.make_url("/v1.0")), asked, statuses
    await server.close()


def introducing(desk: Desk, url: str) -> TeamsSender:
    """A sender that may install the bot."""
    tokens = Tokens(desk.session, app_id=APP_ID, secret=SECRET, certificate=None, url=desk.teams.token_url, scope=SCOPE)
    return TeamsSender(Connector(desk.session, tokens), installer=Installer(desk.session, tokens, "app-1", url))


async def test_installed_for_somebody_new(desk: Desk, graph: tuple[str, list[tuple[str, str, str]], list[int]]) -> None:
    """Asked for once, with a token for Graph; until Teams has said where to write, it's for later."""
    url, asked, _ = graph
    sender, stranger = introducing(desk, url), Destination(Platform.TEAMS, "", "zoë@firm.example")
    for _ in range(2):
        with pytest.raises(RetryLater, match="installed for them"):
            await sender.send(stranger, CARD, "d1")
    assert asked == [("zoë@firm.example", f"{url}/appCatalogs/teamsApps/app-1", "Bearer token-1")]
    assert desk.teams.token_requests[0]["scope"] == SCOPE
    assert (await sender.send(desk.to(), CARD, "d2")).message_id == "m1"


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Unreachable), (403, Refused), (401, Refused), (429, RetryLater), (503, RetryLater), (400, Unreachable)],
)
async def test_what_graph_may_answer(
    desk: Desk, graph: tuple[str, list[tuple[str, str, str]], list[int]], status: int, error: type[Exception]
) -> None:
    """Nobody of that name, no permission, busy: each as it is for a delivery. That it's installed already is fine."""
    url, asked, statuses = graph
    sender, stranger = introducing(desk, url), Destination(Platform.TEAMS, "", "zoe@firm.example")
    statuses += [status, 409]
    with pytest.raises(error):
        await sender.send(stranger, CARD, "d1")
    with pytest.raises(RetryLater, match="installed for them"):
        await sender.send(stranger, CARD, "d1")
    assert len(asked) == 2


async def test_without_the_right_to_install_they_are_listed(desk: Desk) -> None:
    """Somebody who never met the bot is not reached, and says why."""
    with pytest.raises(Unreachable, match="bot_not_installed"):
        await desk.sender().send(Destination(Platform.TEAMS, "", "zoe@firm.example"), CARD, "d1")


async def test_an_account_linked_before_is_checked_before_it_is_written_to(desk: Desk) -> None:
    """A guest's, another address's and one in another organization's chat aren't; one that is right is."""
    desk.home = Reference(desk.teams.service, "", TENANT, f"28:{APP_ID}")
    right = {"aadObjectId": "aad-ada", "userPrincipalName": "ada@firm.example", "userRole": "user", "tenantId": TENANT}
    unchecked = replace(desk.to(), unchecked=True)
    for wrong in ({"userRole": "guest"}, {"userPrincipalName": "mallory@firm.example"}, {"aadObjectId": "aad-mallory"}):
        desk.teams.members["29:ada"] = right | wrong
        with pytest.raises(Unreachable) as told:
            await desk.sender().send(unchecked, CARD, "d1")
        assert told.value.reason in {"guest", "not_ours"}
    foreign = Reference(desk.teams.service, "a:personal", "33333333-3333-3333-3333-333333333333", f"28:{APP_ID}", "29:ada").packed()
    with pytest.raises(Unreachable, match="another organization"):
        await desk.sender().send(replace(desk.to(), conversation=foreign), CARD, "d1")
    assert desk.teams.sent() == []
    desk.teams.members["29:ada"] = right
    assert (await desk.sender().send(unchecked, CARD, "d1")).message_id
