"""One file a command, each with a COMMAND; discovered, never registered by hand."""
