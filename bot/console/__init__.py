"""The console: a web page on this machine, the third platform beside Slack and Teams.

One picks a person, types what they would type, and sees what they would get.
"""

from bot.console.contract import ConsoleClock, ConsolePerson
from bot.console.platform import ConsolePlatform, build

__all__ = ["ConsoleClock", "ConsolePerson", "ConsolePlatform", "build"]
