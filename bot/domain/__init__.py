"""The tables with their behaviour, rules and queries; one file a noun."""
