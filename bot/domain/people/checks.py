"""What is said of somebody's time zone and working days, checked, with what to write instead."""

from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal

_DAY_NUMBERS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


def checked_zone(zone: str) -> str:
    """`zone` itself; Refusal when it is no IANA time zone."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        msg = f"“{zone}” is not a time zone"
        raise Refusal(msg, "Use an IANA name such as Europe/Berlin.") from error
    return zone


def checked_days(days: str) -> frozenset[int]:
    """Working days typed as names, as numbers from 0 for Monday; Refusal when one is no day."""
    names = days.lower().replace(",", " ").split()
    if wrong := [name for name in names if name not in _DAY_NUMBERS]:
        msg = f"“{wrong[0]}” is no day of the week"
        raise Refusal(msg, "Write days as mon, tue, wed, thu, fri, sat, sun.")
    return frozenset(_DAY_NUMBERS[name] for name in names)
