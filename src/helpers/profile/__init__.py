"""Profile: what a page of the briefing shows, as blocks made from tables."""
