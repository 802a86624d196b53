"""Typed tables: columns, kinds, rows, and what is wrong in them. Nothing here knows a database."""
