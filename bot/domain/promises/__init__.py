"""Commitments to customers and staff, from the promise to its celebration."""
