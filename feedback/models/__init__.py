from feedback.models.letter import Letter, LetterCounter, Reply
from feedback.models.mailbox import Mailbox

__all__ = ["Letter", "LetterCounter", "Mailbox", "Reply"]
