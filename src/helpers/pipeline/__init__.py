"""Pipeline: what has to run, in which order, and only when its input changed."""
