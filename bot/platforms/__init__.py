"""Where people talk to the bot: a folder a platform, and what all platforms need."""
