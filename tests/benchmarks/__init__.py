"""Things measured: `make bench` prints the figures, each beside a baseline taken in the same run."""
