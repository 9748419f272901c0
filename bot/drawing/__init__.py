"""Charts drawn: as SVG for web pages, as PNG for chat programs that can't reach us."""
