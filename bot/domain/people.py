"""People."""
from enum import StrEnum
from sqlmodel import SQLModel

class Platform(StrEnum):
    """A place where people talk to the bot."""
    SLACK = "slack"
    TEAMS = "teams"
    CONSOLE = "console"

class Role(StrEnum):
    """What somebody is, which decides what they may do."""
    EXECUTIVE = "executive"
    DELEGATE = "delegate"
    CX_OFFICE = "cx_office"
    EMPLOYEE = "employee"
    ADMIN = "admin"

class Person(SQLModel):
    email: str
    name: str
    @property
    def role_set(self) -> frozenset[Role]: ...
