"""`python -m helpers.cli`."""

from helpers.start import main

main()
