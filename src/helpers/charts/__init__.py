"""Charts: the house style, the drawings, and alt text computed from the same frame."""
