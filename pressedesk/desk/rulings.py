"""Requests for documents: decided by the archive or the case officer, on a clock of their own (offentleglova)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pressedesk.access import Do, Refused
from pressedesk.desk import closing, following
from pressedesk.desk.answering import Channel, Said, put_answer
from pressedesk.desk.change import Edit, change_strand
from pressedesk.desk.following import WRITTEN, Follow
from pressedesk.desk.routing import decide_if_outdated
from pressedesk.events import EventKind
from pressedesk.models import AccessRuling, Granted, Journal, Strand
from pressedesk.regulation.provisions import PROVISIONS, Provision
from pressedesk.regulation.vocabulary import Clock, Role, Statement
from pressedesk.workflow import Ending

KINDS = {
    Granted.FULL: (Statement.GENERAL_INFO,),
    Granted.PARTIAL: (Statement.GENERAL_INFO, Statement.DECLINE),
    Granted.REFUSED: (Statement.DECLINE,),
}


@dataclass(frozen=True)
class Ruling:
    """What was decided on a request for documents, by whom, when, and how the journalist was told.

    `provision`: a code of regulation/provisions, for what is kept back. `openness_considered`: whether it was weighed
    to give more than the law demands (§ 11)."""

    granted: Granted
    provision: str | None
    openness_considered: bool
    reason: str
    decided_by: str
    decided_at: datetime
    channel: Channel = Channel.EMAIL

    @property
    def ground(self) -> Provision | None:
        """The provision of what is kept back; None where everything is given."""
        return None if self.granted is Granted.FULL else PROVISIONS.get(self.provision or "")


def faults(ruling: Ruling) -> Iterable[tuple[str, str]]:
    """What is missing before this can be a decision: the field, and what to write."""
    if not ruling.decided_by:
        yield "decided_by", "Skriv hvem som har avgjort kravet."
    if ruling.granted is Granted.FULL:
        return
    if ruling.ground is None:
        yield "provision", "Velg bestemmelsen. Uten en bestemmelse i offentleglova skal dokumentet gis ut."
    elif ruling.ground.weighs_openness and not ruling.openness_considered:
        yield "openness_considered", "Vurder først om dere kan gi mer innsyn enn dere må (§ 11)."
    if ruling.channel not in WRITTEN:
        yield "channel", "Et avslag, også på en del av kravet, gis skriftlig (§ 31)."
    if ruling.granted is Granted.REFUSED and not ruling.reason:
        yield "reason", "Skriv kort hvorfor."


def rule(person_id: int, reference: str, strand_id: int, seen: int, ruling: Ruling, now: datetime) -> None:
    """A request for documents is decided: its clock stops when the journalist was told, and it is closed.

    It is recorded as an answer too. What is kept back goes into the public record. Day five without an answer changes
    nothing of this: the duty to answer stays (§ 32).

    Raises NotFound, Refused (not his to decide, or no decision yet: see `faults`), Stale, NotNow."""
    decide_if_outdated(person_id, reference, now)
    with change_strand(person_id, reference, strand_id, seen, now, Do.RULE_ON_ACCESS) as (edit, strand):
        if strand.clock is not Clock.INNSYN or strand.ruling is not None:
            raise Refused("Dette er ikke et innsynskrav som venter på en avgjørelse.")
        for _, missing in faults(ruling):
            raise Refused(missing)
        _put_on_record(edit, strand, ruling)
        put_answer(edit, strand, _said(strand, ruling))
        edit.tx.flush()
        edit.tx.expire(strand, ["answers"])
        ground = ruling.ground
        ending = Ending.DECLINED if ruling.granted is Granted.REFUSED else Ending.DOCUMENT
        closing.end(edit, strand, ending, ground.label if ground else "")
        if ground is not None:
            following.put(edit, strand, Follow(journal=Journal.YES))


def _put_on_record(edit: Edit, strand: Strand, ruling: Ruling) -> None:
    """The decision as a row of its own, and its event: codes and times alone."""
    ground = ruling.ground
    provision = ground.code if ground else None
    weighed = ruling.openness_considered and ground is not None and ground.weighs_openness
    strand.ruling = AccessRuling(
        granted=ruling.granted,
        provision=provision,
        openness_considered=weighed,
        reason=ruling.reason or None,
        decided_by=ruling.decided_by,
        decided_at=ruling.decided_at,
        recorded_at=edit.now,
        recorded_by_id=edit.who.person_id,
    )
    told = {"granted": ruling.granted.value, "provision": provision, "openness_considered": weighed}
    edit.record(EventKind.RULED, strand, **told, decided_at=ruling.decided_at.isoformat())


def _said(strand: Strand, ruling: Ruling) -> Said:
    """The decision as an answer: what the journalist was told of it."""
    ground = f"Offentleglova {ruling.ground.label}." if ruling.ground else ""
    told = (f"{ruling.granted.label}.", ground, ruling.reason)
    return Said(
        text=" ".join(part for part in told if part),
        kinds=KINDS[ruling.granted],
        role=strand.owner_role or Role.ARKIV_POSTMOTTAK,
        by=ruling.decided_by,
        at=ruling.decided_at,
        channel=ruling.channel,
    )
