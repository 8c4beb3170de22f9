"""Tables: read, check and describe what stands in data/."""
