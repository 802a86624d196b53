"""Measuring what the portal shows with the tools others would measure it with (docs/testing.md)."""
