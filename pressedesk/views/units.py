"""The units as a list is narrowed by them: each stands for everything under it."""

from collections.abc import Iterator

from wtforms.fields.choices import SelectChoice

from pressedesk.models import UnitKind
from pressedesk.organisation import Organisation
from pressedesk.views.ny.form import unit_choices


def units_to_narrow_by(org: Organisation) -> Iterator[SelectChoice]:
    """«Alle», then every unit under its area. The municipality itself would say no more than «Alle»."""
    yield SelectChoice("", "Alle")
    for choice in unit_choices(org):
        unit = org.units[int(choice.value)]
        if unit.kind is UnitKind.AREA:
            yield SelectChoice(choice.value, f"Alt i {unit.name.lower()}", optgroup=choice.optgroup)
        elif unit.kind is not UnitKind.MUNICIPALITY:
            yield choice
