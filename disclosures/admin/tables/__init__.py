"""The pages on which the typed table of a draft is filled, taken from a file, and removed."""
