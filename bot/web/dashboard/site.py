"""The dashboard's addresses: signing in by a link from the bot, then pages by role. Whoever isn't signed in sees the same page everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlmodel import Session

from bot.database import Database
from bot.domain.access import sign_ins
from bot.domain.access.sign_ins import SESSION_LASTS, WebSession
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.rights import Action, may
from bot.domain.words.answers import whole
from bot.domain.words.typed_text import plain
from bot.settings import Settings
from bot.web.bodies import form
from bot.web.dashboard import customers, export, heard, overview, work
from bot.web.dashboard.html import STATIC, render
from bot.web.dashboard.look import PAGE, Look, look
from bot.web.drawing.svg import STATIC as DRAWING
from bot.web.origin import from_own_page
from bot.workflows.participation import departments

COOKIE = "outside_in"

FRAMED_COOKIE = "outside_in_teams"
"""A session inside Teams. It is sent only to a frame in Teams (`Partitioned`), and the other one only outside of one (`SameSite`)."""

_KEPT_IN_TEAMS = timedelta(days=30)
"""How long a browser keeps it: longer than a session lasts, so that a tab left open is known for one and signs in again."""

HOSTS = "https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft"
"""Who may show it in a frame: https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements."""


def policy(*more: str, ancestors: str = "'none'") -> str:
    """The policy of a page: styles and pictures of our own, forms to ourselves, and what `more` adds."""
    own = ("default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'")
    return "; ".join((*own, *more, f"frame-ancestors {ancestors}"))


_OWN_SCRIPT = "script-src 'self'"

HEADERS = {
    "Content-Security-Policy": policy(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

PAGES: dict[str, tuple[Action, str, Callable[[Look], dict[str, Any]]]] = {
    "": (Action.SEE_FIGURES, "overview.html", overview.overview),
    "executives": (Action.SEE_FIGURES, "executives.html", overview.executives),
    "customers": (Action.SEE_FIGURES, "customers.html", customers.customers),
    "coverage": (Action.SEE_FIGURES, "coverage.html", customers.coverage),
    "commitments": (Action.SEE_FIGURES, "commitments.html", work.commitments),
    "updates": (Action.SEE_FIGURES, "updates.html", work.updates),
    "journey": (Action.SEE_FIGURES, "journey.html", customers.journey),
}


@dataclass(frozen=True)
class Answer:
    """A page and its status; `cookie` is set when not None, and taken away when empty. With `file` it is one of that name, to be kept.

    `scripted` pages may run the one script of our own.
    """

    html: str
    status: int = 200
    cookie: str | None = None
    to: str = ""
    file: str = ""
    scripted: bool = False


class Dashboard:
    """Handlers of the dashboard's addresses."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def add_routes(self, site: web.Application) -> None:
        """Serve it under /dashboard/ on a site."""
        site.router.add_get("/dashboard", self._redirect)
        site.router.add_get("/dashboard/enter", self._offer)
        site.router.add_post("/dashboard/enter", self._enter)
        site.router.add_post("/dashboard/leave", self._leave)
        site.router.add_static("/dashboard/static/", STATIC)
        site.router.add_static("/dashboard/drawing/", DRAWING)
        site.router.add_get("/dashboard/{page:.*}", self._show)

    async def _redirect(self, _request: web.Request) -> web.Response:
        raise web.HTTPFound("/dashboard/")

    async def _offer(self, request: web.Request) -> web.Response:
        """Say whom the link signs in, and ask for a press.

        Chat programs fetch every link they show, and such a look must not use it up; and somebody sent another's link sees whose it is.
        """
        cookie, _ = _session_of(request)
        answer = await asyncio.to_thread(self._offered, request.query.get("key", "")[:100], cookie)
        response = self._answer(answer)
        # With the other pages' policy a browser would say of its own form's post that it comes from nowhere.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def _offered(self, secret: str, cookie: str) -> Answer:
        with self._database.session() as session:
            now = self._database.clock()
            person, signed_in = sign_ins.whose(session, secret, now), sign_ins.session_of(session, cookie, now)
            if person is None:
                return Answer(self._plain("signed_out.html", used=True), 401)
            other = signed_in.person.name if signed_in is not None and signed_in.person_id != person.id else ""
            return Answer(self._plain("enter.html", key=secret, name=person.name, other=other))

    async def _enter(self, request: web.Request) -> web.Response:
        """Use a link, for a press on our own page: posted by another site's, it would sign somebody in as another unasked."""
        if not from_own_page(request.headers, self._settings.web.address):
            return self._answer(Answer(self._plain("signed_out.html", used=False), 403))
        secret = (await form(request)).get("key", "")
        return self._answer(await asyncio.to_thread(self._entered, secret))

    def _entered(self, secret: str) -> Answer:
        with self._database.session() as session:
            cookie = sign_ins.enter(session, secret[:100], self._database.clock())
        if cookie is None:
            return Answer(self._plain("signed_out.html", used=True), 401)
        return Answer("", 303, cookie, "/dashboard/")

    async def _leave(self, request: web.Request) -> web.Response:
        form_key = (await form(request)).get("form_key", "")
        cookie, framed = _session_of(request)
        return self._answer(await asyncio.to_thread(self._left, cookie, form_key), framed=framed)

    def _left(self, cookie: str, form_key: str) -> Answer:
        """Sign out: only for a form of ours, which carries the session's own key."""
        with self._database.session() as session:
            found = sign_ins.session_of(session, cookie, self._database.clock())
            if found is None or found.form_key != form_key:
                return Answer(self._plain("signed_out.html", used=False), 403)
            sign_ins.leave(session, cookie)
        return Answer(self._plain("signed_out.html", used=False), 200, "")

    async def _show(self, request: web.Request) -> web.Response:
        query = {plain(name): plain(value[:200]) for name, value in request.query.items()}
        cookie, framed = _session_of(request)
        answer = await asyncio.to_thread(self.shown, cookie, request.match_info["page"].strip("/"), query)
        if framed and answer.status == 401:
            raise web.HTTPFound("/dashboard/teams")
        return self._answer(answer, framed=framed)

    def shown(self, cookie: str, page: str, query: dict[str, str]) -> Answer:
        """One page as this browser may see it. It asks the database, so it belongs on a thread."""
        with self._database.session() as session:
            now = self._database.clock()
            signed_in = sign_ins.session_of(session, cookie, now)
            if signed_in is None or not may(signed_in.person, Action.OPEN_DASHBOARD):
                return Answer(self._plain("signed_out.html", used=False), 401)
            try:
                return self._page(session, signed_in, page, query)
            except Refusal as refusal:
                status = 403 if isinstance(refusal, NotAllowed) else 404 if isinstance(refusal, NotFound) else 400
                nowhere = look(session, signed_in.person, self._settings, now, {})
                values = {"kind": None, "title": "This can't be shown", "problem": str(refusal), "advice": refusal.advice}
                return Answer(self._framed("problem.html", nowhere, signed_in, "", values), status, scripted=True)

    def _page(self, session: Session, signed_in: WebSession, page: str, query: dict[str, str]) -> Answer:
        seen = look(session, signed_in.person, self._settings, self._database.clock(), query)
        parent, _, key = page.partition("/")
        if parent == "executives" and whole(key) is not None:
            return self._as_wanted("executive", "executive.html", seen, signed_in, page, overview.executive(seen, key))
        if parent == "customers" and (number := whole(key)) is not None and may(signed_in.person, Action.SEE_FIGURES):
            return self._as_wanted("customer", "customer.html", seen, signed_in, page, heard.customer(seen, number))
        action, template, made = PAGES.get(page, (None, "", None))
        if made is None or not may(signed_in.person, action):
            msg = "There is no such page"
            raise NotFound(msg, "Choose one from the list above.")
        return self._as_wanted(page, template, seen, signed_in, page, made(seen))

    def _as_wanted(self, kind: str, template: str, seen: Look, signed_in: WebSession, page: str, values: dict[str, Any]) -> Answer:
        """A page, or its rows as a file, where that is asked for."""
        if not seen.exports:
            return Answer(self._framed(template, seen, signed_in, page, {"kind": kind, **values}), scripted=True)
        name = f"outside-in-{kind or 'overview'}-{seen.wanted.window.today}.csv"
        return Answer(export.text(kind, values, self._settings, seen.size), file=name)

    def _framed(self, template: str, seen: Look, signed_in: WebSession, page: str, values: dict[str, Any]) -> str:
        return render(
            template,
            look=seen,
            page=page,
            size=PAGE,
            form_key=signed_in.form_key,
            departments=departments(seen.session) if seen.oversees else [],
            **self._company(),
            **values,
        )

    def _plain(self, template: str, **values: Any) -> str:
        return render(template, **self._company(), **values)

    def _company(self) -> dict[str, Any]:
        return {"company": self._settings.company.name, "sample": self._settings.company.sample}

    def _answer(self, answer: Answer, *, framed: bool = False) -> web.Response:
        scripts = (_OWN_SCRIPT,) if answer.scripted else ()
        headers = HEADERS | {"Content-Security-Policy": policy(*scripts, ancestors=HOSTS if framed else "'none'")}
        if answer.file:
            headers = {**headers, "Content-Disposition": f'attachment; filename="{answer.file}"'}
        kind = "text/csv" if answer.file else "text/html"
        response = web.Response(text=answer.html, status=answer.status, content_type=kind, headers=headers)
        if answer.to:
            response.headers["Location"] = answer.to
        if answer.cookie is not None and framed:
            keep_in_teams(response, answer.cookie)
        elif answer.cookie:
            secure = self._settings.web.address.startswith("https://")
            age = int(SESSION_LASTS.total_seconds())
            response.set_cookie(COOKIE, answer.cookie, path="/dashboard", max_age=age, httponly=True, samesite="Lax", secure=secure)
        elif answer.cookie == "":
            response.del_cookie(COOKIE, path="/dashboard")
        return response


def _session_of(request: web.Request) -> tuple[str, bool]:
    """A browser's session, and whether it is one inside Teams."""
    if found := request.cookies.get(COOKIE):
        return found, False
    return request.cookies.get(FRAMED_COOKIE, ""), FRAMED_COOKIE in request.cookies


def keep_in_teams(response: web.Response, cookie: str) -> None:
    """Give a browser the session of a tab; "" takes it away. Teams is another site, so nothing less than SameSite=None is sent back."""
    age = int(_KEPT_IN_TEAMS.total_seconds()) if cookie else 0
    # Written out: Python's own cookies know `Partitioned` from 3.14 on only.
    kept = f"{FRAMED_COOKIE}={cookie}; Path=/dashboard; Max-Age={age}; HttpOnly; Secure; SameSite=None; Partitioned"
    response.headers.add("Set-Cookie", kept)
