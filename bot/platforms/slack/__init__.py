"""Slack: listeners (payload → Inbound), Block Kit (Card → JSON), the sender. Importing this imports no SDK."""
