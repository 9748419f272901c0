"""The columns of the files that can be imported, and what may stand in them."""

from __future__ import annotations

LEAVES = "An empty cell leaves what is known, “-” clears it; a column left out leaves what is known too."

PEOPLE_COLUMNS = {
    "email": "needed; who it is",
    "external_id": "who it is in the system the file is from, such as an employee number; goes before the email, so that emails may change",
    "former_email": "their email until now, when it has changed and there is no external_id",
    "name": "needed for somebody new",
    "title": "such as Chief Operating Officer",
    "zone": "IANA time zone, such as Europe/Berlin; the company's for somebody new",
    "locale": "such as en-GB, or German (Germany); the company's for somebody new",
    "country": "for public holidays: DE, DE-BY, or a name such as Germany",
    "department": "in words",
    "roles": "executive, delegate, cx_office, employee, admin; several with spaces",
    "manager": "the manager's email, or their name where nobody else has it",
    "delegates": "emails of those who log in this executive's name, with spaces; each needs the role delegate",
    "guest": "yes for somebody from outside, else no; a guest has no roles",
    "active": "no for somebody who left, else yes",
    "prompts_paused": "yes for an executive who is not to be asked for a while, else no",
    "picture": "their picture's web address, starting with https://",
    "working_days": "such as sun mon tue wed thu; the country's or the company's when there are none",
    "works_from": "on their own clock, such as 08:30",
    "works_until": "such as 17:00",
}
CUSTOMER_COLUMNS = {
    "name": "needed; who it is",
    "former_name": "the name until now, when it has changed",
    "aliases": "other names, with semicolons",
    "segment": "a segment's key or name in app.yaml",
    "tier": "key or standard",
    "owner": "the owner's email, or their name where nobody else has it",
    "contacts": "names, with semicolons; they are added to those known",
    "to_be_checked": "yes for one the CX office has yet to check; no for one it has, as for all that are imported without this column",
}

ONLY_EXPORTED = frozenset({"id", "last seen"})
"""Columns of our own exports that an import passes over."""


def described(columns: dict[str, str], needed: str) -> str:
    """The columns, a line each, for a command's help."""
    lines = "\n".join(f"{name}: {what}" for name, what in columns.items())
    return f"\b\nColumns, of which only {needed} must be there:\n{lines}\n\n{LEAVES}"
