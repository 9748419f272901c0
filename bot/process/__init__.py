"""What a running process is made of: its wiring, the worker, the database it starts, its log, its probes and its end."""
