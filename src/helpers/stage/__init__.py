"""Stage: executed notebooks become one Quarto book."""
