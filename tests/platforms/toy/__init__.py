"""A fourth platform, to be added to a copy of the tree: `tests/platforms/test_fourth.py`. Nothing here is imported where it lies."""
