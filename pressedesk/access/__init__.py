"""Who may see what, and who may do what.

Seeing is a query: every list, count, search, page, message and report starts from `visible_inquiries` or
`visible_strands`, and what is not somebody's is the same «finnes ikke» as what does not exist. Doing is a table of
relations. The person an inquiry is about is shut out before every grant, whatever else he is.
"""

from pressedesk.access.actors import (
    LEADERS,
    Actor,
    NotFound,
    Refused,
    actor,
)
from pressedesk.access.asked import Asked, may_reply, open_request, requests_to
from pressedesk.access.callers import (
    Told,
    ToldPart,
    inquiry_called_about,
    told_to_caller,
    told_to_journalist,
)
from pressedesk.access.permissions import (
    AT_LARGE,
    MAY,
    Do,
    Relation,
    Row,
    demand,
    may,
    may_do,
    may_set_absence,
    relations,
)
from pressedesk.access.scopes import (
    Case,
    Shell,
    counted_strands,
    may_receive,
    open_case,
    people,
    question_for,
    readable_inquiries,
    shells,
    unscoped_inquiries,
    unscoped_strands,
    visible_inquiries,
    visible_inquiry,
    visible_strand,
    visible_strands,
)

__all__ = [
    "AT_LARGE",
    "LEADERS",
    "MAY",
    "Actor",
    "Asked",
    "Case",
    "Do",
    "NotFound",
    "Refused",
    "Relation",
    "Row",
    "Shell",
    "Told",
    "ToldPart",
    "actor",
    "counted_strands",
    "demand",
    "inquiry_called_about",
    "may",
    "may_do",
    "may_receive",
    "may_reply",
    "may_set_absence",
    "open_case",
    "open_request",
    "people",
    "question_for",
    "readable_inquiries",
    "relations",
    "requests_to",
    "shells",
    "told_to_caller",
    "told_to_journalist",
    "unscoped_inquiries",
    "unscoped_strands",
    "visible_inquiries",
    "visible_inquiry",
    "visible_strand",
    "visible_strands",
]
