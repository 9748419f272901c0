"""Whose database this is, and which settings its processes go by: so that nobody works on it with another company's file, or an old one unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, Session, SQLModel

from bot.database import UtcDateTime, locked
from bot.settings import Settings, SettingsError

_ONLY = 1


class SettingsInForce(SQLModel, table=True):
    """The one row: the company, and what the process that started last has in app.yaml.

    `sections` are fingerprints by the section's name; `keys` what records refer to: stages, segments and targets.
    """

    __tablename__ = "settings_in_force"
    id: int = Field(default=_ONLY, primary_key=True)
    company: str
    sample: bool
    fingerprint: str
    sections: dict[str, str] = Field(sa_type=JSONB)
    keys: list[str] = Field(sa_type=ARRAY(sa.Text))
    since: datetime = Field(sa_type=UtcDateTime)


class AnotherCompany(SettingsError):
    """The database is another company's than app.yaml."""


def sections(settings: Settings) -> dict[str, str]:
    """A fingerprint of each section that all processes must agree on; `web` is each process's own."""
    told: dict[str, Any] = settings.model_dump(mode="json", exclude={"web"})
    return {name: _hashed(value) for name, value in told.items()}


def fingerprint(settings: Settings) -> str:
    """One for all of them."""
    return _hashed(sections(settings))


def _hashed(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _keys(settings: Settings) -> list[str]:
    stages = [f"stage {one.key}" for one in settings.journey]
    segments = [f"segment {one.key}" for one in settings.segments]
    targets = [f"target {target.key}" for one in settings.segments for target in one.targets]
    return [*stages, *segments, *targets]


def check(session: Session, settings: Settings) -> SettingsInForce | None:
    """The row, None where there is none yet. AnotherCompany when the database is somebody else's."""
    found = locked(session, SettingsInForce, _ONLY)
    if found is not None and found.sample != settings.company.sample:
        whose = f"the sample company, {found.company}" if found.sample else found.company
        what = "a company of your own" if found.sample else "the sample company"
        msg = f"This database is that of {whose}, and app.yaml is for {what}. Use another: --data, or DATABASE_URL."
        raise AnotherCompany(msg)
    if found is not None and _plain(found.company) != _plain(settings.company.name):
        msg = (
            f"This database is that of {found.company}, and app.yaml is for {settings.company.name}. Use that company's app.yaml, or another "
            "database: --data, or DATABASE_URL. Where the company was renamed: outside-in migrate --renamed."
        )
        raise AnotherCompany(msg)
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def take_up(session: Session, settings: Settings, now: datetime) -> list[str]:
    """Go by these settings from now on; the names of the sections that differ from before. AnotherCompany as `check`."""
    return _put(session, check(session, settings), settings, now)


def rename(session: Session, settings: Settings, now: datetime) -> None:
    """The company has the name that app.yaml gives it now. AnotherCompany where one of the two is the sample."""
    found = locked(session, SettingsInForce, _ONLY)
    if found is not None and found.sample == settings.company.sample:
        found.company = settings.company.name
    _put(session, check(session, settings), settings, now)


def gone(session: Session, settings: Settings) -> list[str]:
    """The keys that records may refer to and app.yaml has no longer."""
    found = session.get(SettingsInForce, _ONLY)
    return sorted(set(found.keys) - set(_keys(settings))) if found else []


def others_since(session: Session, settings: Settings) -> datetime | None:
    """Since when another process has gone by other settings than these; None when none does."""
    found = session.get(SettingsInForce, _ONLY)
    return found.since if found and found.fingerprint != fingerprint(settings) else None


def _put(session: Session, found: SettingsInForce | None, settings: Settings, now: datetime) -> list[str]:
    parts = sections(settings)
    if found is None:
        found = SettingsInForce(
            company=settings.company.name, sample=settings.company.sample, fingerprint="", sections=parts, keys=[], since=now
        )
        session.add(found)
    changed = sorted(name for name in parts.keys() | found.sections.keys() if parts.get(name) != found.sections.get(name))
    if found.fingerprint != fingerprint(settings):
        found.since = now
    found.company, found.fingerprint, found.sections = settings.company.name, fingerprint(settings), parts
    found.keys = _keys(settings)
    return changed
