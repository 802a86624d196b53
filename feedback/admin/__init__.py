"""The workplace of those who keep mailboxes, and of those who answer for what is mailed."""

from feedback.admin import letters, subscriptions

__all__ = ["letters", "subscriptions"]
