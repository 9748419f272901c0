"""The console: a web page on this machine, beside Slack and Teams."""
