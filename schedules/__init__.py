"""One file a scheduled job, each with a SCHEDULE; discovered, never registered by hand."""
