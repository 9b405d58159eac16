"""How often each point of the regulation decided: counted over the latest decision of each inquiry.

Only inquiries that the whole desk may see are counted, whoever asks: beside the list that everybody has, a figure that
held more would tell that there is one of few eyes. Small figures are hidden, as in every report.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pressedesk import access
from pressedesk.access import Actor
from pressedesk.models import DecisionRecord, Inquiry, Restriction
from pressedesk.regulation.vocabulary import POINTS
from pressedesk.reports.figures import FEWEST, Period, last_twelve_months
from pressedesk.workhours import local_day, local_instant

NOT_COUNTED = frozenset({"2", "8", "9", "10"})
"""Advice decides nothing, and what people say for themselves or for their union is no figure of ours."""


@dataclass(frozen=True)
class Decided:
    """Of `n` inquiries received in the period: in how many a point decided, None where that is one to four.

    `n` is None where there are fewer than five; then nothing is told of any point."""

    period: Period
    n: int | None
    by_point: Mapping[str, int | None]


def how_often(tx: Session, who: Actor, now: datetime) -> Decided:
    """The last twelve months, of the ordinary inquiries in the scope of `who`."""
    period = last_twelve_months(local_day(now))
    latest = select(func.max(DecisionRecord.id)).where(DecisionRecord.inquiry_id == Inquiry.id)
    points = DecisionRecord.decision["points"].as_string()  # the list as JSON text, so that both engines can group it
    rows = tx.execute(
        access.visible_inquiries(who)
        .where(
            Inquiry.restriction == Restriction.NONE,
            Inquiry.received_at >= local_instant(period.from_on, time(0)),
            DecisionRecord.id == latest.correlate(Inquiry).scalar_subquery(),
        )
        .join(DecisionRecord, DecisionRecord.inquiry_id == Inquiry.id)
        .with_only_columns(points, func.count())
        .group_by(points)
    )
    counted: Counter[int] = Counter()
    n = 0
    for listed, inquiries in rows:
        n += inquiries
        counted.update(dict.fromkeys(json.loads(listed), inquiries))
    if n < FEWEST:
        return Decided(period, None, {})
    return Decided(period, n, {point: _shown(counted[int(point)]) for point in POINTS if point not in NOT_COUNTED})


def _shown(times: int) -> int | None:
    return None if 0 < times < FEWEST else times
