"""Customers and the engagements with them: what was pledged and done, and when an executive is asked for more."""
