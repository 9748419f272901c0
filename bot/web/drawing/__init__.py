"""Charts: drawn as SVG for web pages, told in words where no picture can be shown."""
