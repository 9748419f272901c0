"""Write the table of rights as it stands in the documentation: `python -m bot.domain.rights > docs/rights.md`."""

import sys

from bot.domain.rights.page import page

if __name__ == "__main__":
    sys.stdout.write(page())
