"""Files with rows and columns, in and out: import and export."""
