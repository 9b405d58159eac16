"""/admin: organisation, absence, topics, targets and hours, users. None of it shows anything of an inquiry."""

from pressedesk.views.admin import absence, offices, organisation, services, topics, users
from pressedesk.views.admin.common import bp

__all__ = ["absence", "bp", "offices", "organisation", "services", "topics", "users"]
