"""`python -m bot.settings > docs/app.schema.json` writes the JSON schema anew after the models have changed."""

import sys

from bot.settings import json_schema

sys.stdout.write(json_schema())
