"""`python -m helpers`."""

from helpers.start import main

main()
