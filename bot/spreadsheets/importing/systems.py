"""What other systems call our columns: Entra, Microsoft 365, Slack, Workday, BambooHR, Salesforce, HubSpot and their like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Headings, as they are compared, whose cells with a space between are one value; `worker_context` says what it is in our words."""

    keys: tuple[str, ...]
    means: Callable[[str], str] = str

    def read(self, raw: dict[str, str]) -> str:
        """The value in a row."""
        return self.means(" ".join(filter(None, (raw[key] for key in self.keys))))

    def __str__(self) -> str:
        return " and ".join(f"“{key}”" for key in self.keys)


def _not(text: str) -> str:
    return {"true": "no", "yes": "no", "false": "yes", "no": "yes"}.get(text.lower(), text)


def _is_guest(text: str) -> str:
    return {"guest": "yes", "member": "no"}.get(text.lower(), text)


def _guest_on_slack(text: str) -> str:
    return "yes" if "guest" in text.lower() or "restricted" in text.lower() else "no" if text else ""


_GONE = frozenset(["deactivated", "inactive", "terminated", "disabled", "suspended", "leaver", "left", "no", "false", "0"])


def _works_here(text: str) -> str:
    return "" if not text else "no" if text.lower() in _GONE else "yes"


_STATUS = re.compile(r"\s*\((on leave|terminated|inactive|[cC])\)\s*$", re.IGNORECASE)
"""What Workday writes behind a name."""


def _without_status(text: str) -> str:
    return _STATUS.sub("", text)


def _person(text: str) -> str:
    """“Lovell, Ada” is Ada Lovell."""
    whole = _without_status(text)
    last, comma, first = whole.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "@" not in whole else whole


def _principal(text: str) -> str:
    """A sign-in name; a guest's (#EXT#) is no address."""
    return "" if "#ext#" in text.lower() else text


def _each(*names: str, means: Callable[[str], str] = str) -> tuple[tuple[Source, ...], ...]:
    return tuple((Source((name,), means),) for name in names)


_PRINCIPALS = tuple(Source((one,), _principal) for one in ("userprincipalname", "user principal name"))

Aliases = Mapping[str, tuple[tuple[Source, ...], ...]]

ALIASES: Aliases = {
    "email": (
        (Source(("mail",)), *_PRINCIPALS),
        *_each("work email", "primary work email", "email primary work", "email work", "business email", "company email"),
        *_each("email address", "email address work", "primary smtp address"),
        _PRINCIPALS,
    ),
    "external_id": _each(
        *("objectid", "object id", "employee id", "employee #", "employee number", "worker id", "userid", "user id"),
        *("employeeid", "eecode"),
    ),
    "name": (
        (Source(("fullname",)), Source(("displayname",))),
        *_each("display name", "full name", "preferred name", "legal name", "employee name"),
        *_each("worker", means=_without_status),
        *_each("employee", means=_person),
        *((Source(pair),) for pair in (("preferred first name", "preferred last name"), ("first name", "last name"))),
        *(
            (Source(pair),)
            for pair in (("givenname", "surname"), ("given name", "surname"), ("legal first name", "legal last name"))
        ),
    ),
    "title": _each("job title", "jobtitle", "business title", "position title", "position"),
    "department": _each("department name", "supervisory organization", "organization", "division", "team"),
    "country": (
        (Source(("country",)), Source(("usagelocation",)), Source(("usage location",))),
        (Source(("usagelocation",)), Source(("usage location",))),
        *_each(
            "work country", "location country", "country/region", "country or region", "country code", "location address country"
        ),
    ),
    "locale": _each("preferred language", "preferredlanguage"),
    "zone": _each("time zone", "timezone"),
    "manager": (
        *_each(
            "manager email", "manager work email", "manager's email", "supervisor email", "reports to email", "reporting to email"
        ),
        *_each("manager", "manager name", "reporting to", "reports to", "supervisor", "worker's manager", means=_person),
    ),
    "guest": (*_each("usertype", "user type", means=_is_guest), (Source(("status", "billing active"), _guest_on_slack),)),
    "active": (
        *_each("accountenabled", "account enabled"),
        *_each("block credential", "blockcredential", "sign in blocked", means=_not),
        *_each("employment status", "worker status", "active status", "employee status", "status", means=_works_here),
    ),
    "owner": (
        *_each("account owner email", "company owner email", "owner email"),
        *_each("account owner", "company owner", "owner name", "account owner name", "owner full name", means=_person),
    ),
    "segment": _each("customer segment", "account segment"),
    "tier": _each("account tier", "customer tier"),
}
"""For each column, its names elsewhere, the best first; those of one choice are used together, each where the one before is empty."""

_CUSTOMER_NAMES = _each("account name", "company name", "company", "customer name", "customer", "account", "organization name")

CUSTOMER_ALIASES: Aliases = {**ALIASES, "name": _CUSTOMER_NAMES}
"""The same for customers."""


def is_person(raw: dict[str, str]) -> bool:
    """Whether a row of another system is a person's, not a bot's."""
    return raw.get("status", "").lower() not in {"bot", "app"}
