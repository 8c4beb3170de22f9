"""Builds the briefing "Alliances without treaties" from tables of sourced facts."""
