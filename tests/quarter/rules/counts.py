"""The numbers that are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.quarter.calendar import DAY
from tests.quarter.life import Story
from tests.quarter.reading import text
from tests.quarter.rules.rule import (
    Violation,
    of,
    rule,
    wrong,
)


@rule("A broadcast's card says how many it was sent to.")
def broadcasts_are_counted(story: Story) -> Iterator[Violation]:
    """The last card its author has names the number of copies that arrived, as “n of m”."""
    copies = Counter(one.subject for one in of(story, "update"))
    updates = {row["id"]: row["update_id"] for row in story.tables["broadcasts"] if row["state"] == "done"}
    recalled = {row["id"] for row in story.tables["updates"] if row["recalled_at"]}
    last = {one.subject: one for one in of(story, "broadcast")}
    for broadcast, one in last.items():
        update = updates.get(broadcast)
        if update is None or update in recalled or one.at > story.company.end - DAY:
            continue
        if not re.search(rf"\b{copies[update]:,} of {copies[update]:,}\b", text(one.now)) and f"{copies[update]:,}" not in text(
            one.now
        ):
            yield wrong(story, one, f"{copies[update]} copies arrived, and it says: {text(one.now)!r}")
