"""Every table and figure as CSV and XLSX, safe to open."""

from bot.exporting.commitments import COLUMNS, commitments
from bot.exporting.deliveries import RECIPIENT_COLUMNS, deliveries
from bot.exporting.dialects import DELIMITERS, Dialect, dialect
from bot.exporting.everything import FIGURES, TABLES, everything
from bot.exporting.rows import Span
from bot.exporting.writing import Table, Value, safe, write, write_book, write_folder

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
