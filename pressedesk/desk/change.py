"""One change to one inquiry or strand: the row, its event and its messages, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from pressedesk import access, db, events, organisation
from pressedesk.access import Actor, Do
from pressedesk.events import Event, EventKind
from pressedesk.models import Inquiry, Strand
from pressedesk.organisation import Organisation
from pressedesk.workflow import Action, after


class Stale(Exception):
    """Somebody else was first: the form was made from an older version than what stands now."""


class NotNow(Exception):
    """The strand is in a state from which this cannot be done."""

    def __init__(self, strand: Strand, action: Action) -> None:
        super().__init__(f"{action} from {strand.state}")
        self.state = strand.state
        self.action = action


@dataclass
class Edit:
    """A change under way: who makes it, when, in which organisation, and what has been recorded so far."""

    tx: Session
    who: Actor
    now: datetime
    org: Organisation
    inquiry: Inquiry
    recorded: int = 0

    def record(self, kind: EventKind, strand: Strand | None = None, **data: Any) -> Event:
        """Write one line of the record. Data is codes, ids and times: no names, no text of the inquiry."""
        self.tx.flush()
        self.recorded += 1
        return events.record(
            self.tx,
            kind,
            self.now,
            self.who.name,
            self.who.person_id,
            self.inquiry.id,
            strand.id if strand else None,
            **data,
        )

    def move(self, strand: Strand, action: Action) -> None:
        """Take a strand to its next state. Raises NotNow where the workflow has no such step."""
        state = after(strand.state, action)
        if state is None:
            raise NotNow(strand, action)
        strand.state = state
        strand.changed_at = self.now

    def beside(self, inquiry: Inquiry) -> "Edit":
        """The same change, made to another inquiry as well: its version moves too."""
        _touch(inquiry, self.now)
        return Edit(self.tx, self.who, self.now, self.org, inquiry)


@dataclass
class AtLarge:
    """A change under way that concerns no one inquiry: a story, an expected story."""

    tx: Session
    who: Actor
    now: datetime
    org: Organisation

    def record(self, kind: EventKind, **data: Any) -> Event:
        """Write one line of the record. Data is codes, ids and times."""
        return events.record(self.tx, kind, self.now, self.who.name, self.who.person_id, **data)

    def edit(self, inquiry: Inquiry) -> Edit:
        """The same change, made to an inquiry that is in scope: its version moves."""
        _touch(inquiry, self.now)
        return Edit(self.tx, self.who, self.now, self.org, inquiry)


@contextmanager
def change_at_large(person_id: int, now: datetime) -> Iterator[AtLarge]:
    """One change that concerns no one inquiry. Whoever opens it asks what the person may. Raises Stale (a true race)
    and NotFound."""
    with _writing() as tx:
        org = organisation.snapshot(tx, now)
        yield AtLarge(tx, access.actor(tx, person_id, now, org), now, org)


@contextmanager
def change_inquiry(person_id: int, reference: str, seen: int, now: datetime, needs: Do) -> Iterator[Edit]:
    """One change to an inquiry as a whole, made from its version `seen`.

    Raises NotFound (no such thing, or not his to see), Refused, and Stale (another was first)."""
    with _writing() as tx:
        org = organisation.snapshot(tx, now)
        who = access.actor(tx, person_id, now, org)
        inquiry = access.visible_inquiry(tx, who, reference)
        access.demand(who, needs, inquiry)
        if inquiry.version != seen:
            raise Stale
        edit = Edit(tx, who, now, org, inquiry)
        yield edit
        _touch(inquiry, now)
        _check(edit)


@contextmanager
def change_strand(
    person_id: int, reference: str, strand_id: int, seen: int, now: datetime, *needs: Do
) -> Iterator[tuple[Edit, Strand]]:
    """One change to one strand, made from its version `seen`, by somebody who may do any one of `needs`.

    Raises NotFound (no such thing, or not his to see), Refused, and Stale (another was first)."""
    with _writing() as tx:
        org = organisation.snapshot(tx, now)
        who = access.actor(tx, person_id, now, org)
        strand = access.visible_strand(tx, who, reference, strand_id)
        if not any(access.may_do(who, do, strand.inquiry, strand) for do in needs):
            access.demand(who, needs[0], strand.inquiry, strand)
        if strand.version != seen:
            raise Stale
        edit = Edit(tx, who, now, org, strand.inquiry)
        yield edit, strand
        _touch(strand, now)
        _check(edit)


@contextmanager
def _writing() -> Iterator[Session]:
    try:
        with db.writing() as tx:
            yield tx
    except StaleDataError as error:  # two writers at the same instant, on a database that lets them
        raise Stale from error


def _touch(row: Inquiry | Strand, now: datetime) -> None:
    """Let the version move, whatever was changed and however soon after the last change."""
    row.changed_at = now
    flag_modified(row, "changed_at")


def _check(edit: Edit) -> None:
    if not edit.recorded:
        raise RuntimeError("a change must record an event")
