"""Faults at every interesting system call of an act: `python -m tests.faults` (in `make prove`).

An act is performed by a process under strace, which makes one system call fail or kills the
process at it. Afterwards the database must be wholly as before or wholly as after, and as after
whenever the act was acknowledged. A variant without a transaction shows that this can fail.
"""
