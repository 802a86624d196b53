from portal.organisation.models.access import ActivationCode, ClassCode
from portal.organisation.models.affiliation import Affiliation
from portal.organisation.models.authority import OF_DEPARTMENTS, Authority, Office
from portal.organisation.models.counter import YearlyCounter
from portal.organisation.models.department import Department, SchoolClass
from portal.organisation.models.post import Post
from portal.organisation.models.school import School
from portal.organisation.models.stand_in import StandIn
from portal.organisation.models.term import Term
from portal.organisation.models.user import User
from portal.organisation.models.work import Job, Message, SweepPass

__all__ = [
    "OF_DEPARTMENTS",
    "ActivationCode",
    "Affiliation",
    "Authority",
    "ClassCode",
    "Department",
    "Job",
    "Message",
    "Office",
    "Post",
    "School",
    "SchoolClass",
    "StandIn",
    "SweepPass",
    "Term",
    "User",
    "YearlyCounter",
]
