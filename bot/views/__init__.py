"""Views: a domain object becomes a card; one file a noun."""
