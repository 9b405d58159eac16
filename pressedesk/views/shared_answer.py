"""The shared answer of a story in words: for the page of the story, and of an inquiry in it."""

from dataclasses import dataclass
from datetime import datetime

from pressedesk import formats
from pressedesk.access import SharedAnswer
from pressedesk.regulation.vocabulary import Statement
from pressedesk.views.words import label, listed

MOST_TITLE = 80  # characters of the title of a story


@dataclass(frozen=True)
class AnswerWords:
    """The shared answer as the page shows it. Without a text it has run out."""

    text: str | None
    kinds: str
    by: str
    until: str


def words_of(answer: SharedAnswer | None, now: datetime) -> AnswerWords | None:
    """The shared answer in words."""
    if answer is None:
        return None
    return AnswerWords(
        text=answer.text,
        kinds=formats.capital(listed(label(Statement, kind) for kind in answer.kinds)),
        by=f"{answer.by}, {formats.when(answer.at, now)}",
        until=formats.when(answer.until_at, now),
    )
