"""Files as their publishers give them, read into rows of series.csv: one module a kind, the rest shared."""
