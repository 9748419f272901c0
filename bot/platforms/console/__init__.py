"""The console: a web page on this machine, the third platform beside Slack and Teams.

One picks a person, types what they would type, and sees what they would get.
"""

from bot.platforms.console.contract import ConsoleClock, ConsolePerson
from bot.platforms.console.platform import ConsolePlatform, build

__all__ = ["ConsoleClock", "ConsolePerson", "ConsolePlatform", "build"]
