"""Microsoft Teams: everything that knows Adaptive Cards, the Bot Connector and the Bot Framework SDK."""
