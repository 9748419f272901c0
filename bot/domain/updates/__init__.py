"""Updates and their broadcasts: words, audience, approval, recipients, answers, recall."""
