"""The outbox: what the bot sends by itself, when each may go, and what became of it."""
