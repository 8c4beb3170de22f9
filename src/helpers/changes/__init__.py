"""What changed between two editions, data folders or revisions: rows, numbers in the text, verdicts, ranks, exhibits."""
