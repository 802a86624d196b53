"""Existing documents taken into the portal: each file that can be read becomes a draft."""
