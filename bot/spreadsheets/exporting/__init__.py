"""Every table and figure as CSV and XLSX, safe to open."""

from bot.spreadsheets.exporting.commitments import COLUMNS, commitments
from bot.spreadsheets.exporting.deliveries import RECIPIENT_COLUMNS, deliveries
from bot.spreadsheets.exporting.dialects import DELIMITERS, Dialect, dialect
from bot.spreadsheets.exporting.everything import FIGURES, TABLES, everything
from bot.spreadsheets.exporting.rows import Span
from bot.spreadsheets.exporting.writing import Table, Value, safe, write, write_book, write_folder

__all__ = [
    "COLUMNS",
    "DELIMITERS",
    "FIGURES",
    "RECIPIENT_COLUMNS",
    "TABLES",
    "Dialect",
    "Span",
    "Table",
    "Value",
    "commitments",
    "deliveries",
    "dialect",
    "everything",
    "safe",
    "write",
    "write_book",
    "write_folder",
]
