from feedback.models.letter import Letter, LetterCounter, Reply
from feedback.models.mailbox import Mailbox
from feedback.models.subscription import Subscription

__all__ = ["Letter", "LetterCounter", "Mailbox", "Reply", "Subscription"]
