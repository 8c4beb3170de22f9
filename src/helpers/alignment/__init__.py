"""Alignment: the composite index, its uncertainty, groups and networks; pure functions from frames to frames."""
