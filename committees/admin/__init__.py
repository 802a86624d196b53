from committees.admin import changes, committees, questions

__all__ = ["changes", "committees", "questions"]
