"""Lineage: which rows a notebook read, and whether they still say the same."""
