"""Facts: look-up, formatting, and the references that prose makes to them."""
