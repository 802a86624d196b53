from portal.organisation.models.post import Affiliation, Authority, Office, Post
from portal.organisation.models.school import Department, School, SchoolClass, Term
from portal.organisation.models.user import User
from portal.organisation.models.work import Job, Message, SweepPass

__all__ = [
    "Affiliation",
    "Authority",
    "Department",
    "Job",
    "Message",
    "Office",
    "Post",
    "School",
    "SchoolClass",
    "SweepPass",
    "Term",
    "User",
]
