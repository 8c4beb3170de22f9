"""Edition: what went into a build and what came out."""
