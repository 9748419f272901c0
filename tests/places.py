"""Where the files lie that tests read: from here, so that a test can be moved."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
APP = ROOT / "app.yaml"
"""The sample company's settings."""
COMPANY = ROOT / "tests" / "company.yaml"
"""The settings most tests go by."""
CLIENTS = ROOT / "tests" / "clients" / "node_modules"
"""Real clients and their schemas, once `npm ci --prefix tests/clients` has run."""
