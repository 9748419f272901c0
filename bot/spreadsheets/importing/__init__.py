"""People and customers from CSV files: all of a file or nothing, with every mistake named by its line."""

from bot.spreadsheets.importing.columns import CUSTOMER_COLUMNS, PEOPLE_COLUMNS, described
from bot.spreadsheets.importing.customers import import_customers
from bot.spreadsheets.importing.errors import ImportProblems
from bot.spreadsheets.importing.headings import Plan, foreign, known, own, read_rows, rows_of
from bot.spreadsheets.importing.people import Leavers, import_people
from bot.spreadsheets.importing.reading import Row, Rows, Sheet, heading_key, read_sheet
from bot.spreadsheets.importing.report import Imported
from bot.spreadsheets.importing.systems import ALIASES, CUSTOMER_ALIASES, is_person

__all__ = [
    "ALIASES",
    "CUSTOMER_ALIASES",
    "CUSTOMER_COLUMNS",
    "PEOPLE_COLUMNS",
    "ImportProblems",
    "Imported",
    "Leavers",
    "Plan",
    "Row",
    "Rows",
    "Sheet",
    "described",
    "foreign",
    "heading_key",
    "import_customers",
    "import_people",
    "is_person",
    "known",
    "own",
    "read_rows",
    "read_sheet",
    "rows_of",
]
