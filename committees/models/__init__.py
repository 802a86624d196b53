from committees.models.committee import Committee, Membership
from committees.models.look import Look
from committees.models.question import Question

__all__ = ["Committee", "Look", "Membership", "Question"]
