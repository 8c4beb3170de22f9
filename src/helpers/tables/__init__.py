"""Tables: read, check and describe what stands in data/."""

from helpers.tables.findings import Finding
from helpers.tables.load import Tables, load

__all__ = ["Finding", "Tables", "load"]
