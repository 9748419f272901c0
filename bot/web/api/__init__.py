"""The figures and the rows behind them as JSON, read only, for other programs."""

from bot.web.api.site import Api

__all__ = ["Api"]
