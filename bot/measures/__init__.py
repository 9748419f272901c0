"""The figures: each defined once, in words a CX office would sign (`definitions`), and counted from the rows themselves."""
