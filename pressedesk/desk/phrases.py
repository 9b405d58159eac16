"""What the switchboard says on the telephone, and who has been told: whole sentences, made from a decision.

Always «svar eller ny beskjed», a time and a number, where the municipality is to answer at all. Where a person is
concerned, or may be, nothing is said of unit or name.
"""

from datetime import datetime

from pressedesk.desk.chips import Concerned
from pressedesk.desk.placing import Placed, Placement
from pressedesk.formats import capital, clock_time, day, day_and_time
from pressedesk.organisation import Found, Organisation, Presence, Reached
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import YES, Clock, Kind, Level, Outcome, Role
from pressedesk.workhours import DAY, local_day

NEUTRAL = "Spørsmål om enkeltpersoner kan jeg verken bekrefte eller avkrefte."
PASSED_ON = {
    Kind.PRIVATE: "Her svarer vedkommende for seg selv, ikke for kommunen.",
    Kind.UNION: "Her svarer vedkommende for fagforeningen, ikke for kommunen.",
    Kind.ELECTED: "Her svarer vedkommende selv som folkevalgt, ikke for kommunen.",
    Kind.NOT_MEDIA: "Dette tar vi ikke imot som en henvendelse fra pressen.",
}
TAKE_A_MESSAGE = "Jeg kan gi beskjed om at du har ringt. Vi noterer ikke hva det gjelder."
WIDE = {
    Level.MUNICIPALITY: "Dette gjelder hele kommunen, så rådmannen svarer.",
    Level.CROSS_AREA: "Dette gjelder flere sektorer, så rådmannen svarer.",
    None: "Vi finner ut hvem som svarer på dette.",
}


def is_about_a_person(facts: Facts, concerned: Concerned | None = None) -> bool:
    """Whether neither unit nor name may be said aloud: a person is concerned, or «vet ikke» was answered.

    An untouched chip says nothing: then the ordinary sentence names the office, as it does for any other question.
    """
    is_client = facts.client_case is YES and not facts.case_public
    return facts.personnel is YES or is_client or concerned is Concerned.UNKNOWN


def what_to_say(
    placement: Placement, org: Organisation, reference: str | None, now: datetime, concerned: Concerned | None = None
) -> tuple[str, ...]:
    """The sentences to say to the journalist, in order. `concerned`: the chip, if it was pressed."""
    said: list[str] = []
    if placement.lead is not None:
        if is_about_a_person(placement.facts, concerned) and placement.lead.kind is not Kind.CRISIS:
            rings = "Vi ringer" if is_nobody_there(placement.lead) else "En leder ringer"
            said = [NEUTRAL, f"{rings} deg{_by(placement, now)} med svar eller ny beskjed."]
        else:
            said = [*_who_answers(placement, org, placement.lead, now), *_rest(placement)]
        said += [f"Nummeret er {reference}."] if reference else []
    said += [PASSED_ON[kind] for kind in placement.outside]
    return (*said, TAKE_A_MESSAGE) if placement.outside else tuple(said)


def while_putting_through(
    placement: Placement, org: Organisation, reference: str | None, now: datetime
) -> tuple[str, ...]:
    """What to say before the caller is put through: to whom, and what happens if nobody picks up."""
    if placement.lead is None:
        return ()
    person = speaker(placement.lead, org).rstrip(",")
    tries = f"Jeg prøver å sette deg over til {person}."
    number = (f"Nummeret er {reference}.",) if reference else ()
    return tries, f"Får du ikke svar, ringer vi deg{_by(placement, now)}.", *number


def rings_back(person: str, due_at: datetime | None, now: datetime) -> str:
    """What to say when nobody picked up."""
    return f"{person} ringer deg {f'innen {promised(due_at, now)}' if due_at else 'så snart det går'}."


def _who_answers(placement: Placement, org: Organisation, lead: Placed, now: datetime) -> list[str]:
    """Who answers the leading strand, and when the journalist hears."""
    if lead.outcome is Outcome.NO_REPLY:
        return ["Kommunen svarer som hovedregel ikke på leserbrev.", "Jeg gir beskjed om at du har ringt."]
    if is_nobody_there(lead):
        rings = f"KIS ringer deg{_by(placement, now)} med svar eller ny beskjed."
        return ["Den som svarer på dette, er ikke å få tak i nå.", rings]
    return [*_opening(placement, org, lead), f"Du får svar eller ny beskjed{_by(placement, now).rstrip('.')}."]


def _opening(placement: Placement, org: Organisation, lead: Placed) -> list[str]:
    match lead.kind:
        case Kind.CRISIS:
            return ["Kriseledelsen svarer om hendelsen.", *_next_information(org)]
        case Kind.DOCUMENTS:
            return ["Arkivet behandler innsynskravet så raskt det kan."]
        case Kind.POLITICAL:
            return ["Dette er et politisk spørsmål, så ordføreren svarer.", *_facts_from(placement)]
        case _ if lead.role is Role.RADMANN and placement.facts.level in WIDE:
            return [WIDE[placement.facts.level]]
        case _:
            return [f"{speaker(lead, org)} svarer på dette."]


def _next_information(org: Organisation) -> list[str]:
    """When there is more to hear of the crisis; nothing where that has passed, or nobody has said."""
    next_at = org.crisis.next_information_at if org.crisis else None
    return [f"Ny informasjon kommer {promised(next_at, org.at).rstrip('.')}."] if next_at and next_at > org.at else []


def _rest(placement: Placement) -> list[str]:
    """Documents beside a question have their own way."""
    kinds = [placed.kind for placed in placement.strands[1:]]
    return ["Innsynskravet behandler arkivet for seg."] if Kind.DOCUMENTS in kinds else []


def _facts_from(placement: Placement) -> list[str]:
    """Who gives the facts beside the politics."""
    administrative = next((placed for placed in placement.strands if placed.kind is Kind.ADMINISTRATIVE), None)
    if administrative is None or administrative.office is None:
        return []
    return [f"Fakta får du fra {_lower(administrative.office.title)}."]


def _by(placement: Placement, now: datetime) -> str:
    """« innen kl. 14.30», « innen i morgen kl. 10.00»: the promise, or the day a request for documents must be met."""
    lead = placement.lead
    if placement.promise_at is not None:
        return f" innen {promised(placement.promise_at, now)}"
    if lead is not None and lead.clock is Clock.INNSYN and lead.due_at is not None:
        return f" innen {day(local_day(lead.due_at), local_day(now))}"
    return " så snart vi kan"


def promised(at: datetime, now: datetime) -> str:
    """A time as it is said aloud: «kl. 14.30», «i morgen kl. 10.00», «torsdag 26.11. kl. 12.00»."""
    if local_day(at) == local_day(now):
        return f"kl. {clock_time(at)}"
    return f"i morgen kl. {clock_time(at)}" if local_day(at) == local_day(now) + DAY else day_and_time(at, now)


def speaker(placed: Placed, org: Organisation) -> str:
    """Who answers, by title and name: «Rektor Tone Berg», «Ola Lie, stedfortreder for rektor,»."""
    title = placed.office.title if placed.office else placed.role.label.capitalize()
    if placed.reached is None or placed.reached.person_id is None:
        return title
    name = org.people[placed.reached.person_id].name
    return f"{name}, stedfortreder for {_lower(title)}," if placed.reached.is_deputy else f"{title} {name}"


def how_reached(reached: Reached | None, now: datetime) -> str:
    """How the person was found, in one sentence; empty where the holder is there."""
    if reached is None:
        return "Stillingen finnes ikke her."
    steps = [_step(found, now) for found in reached.trace if found.presence is not Presence.PRESENT]
    if reached.person_id is None:
        steps.append("ingen er å få tak i")
    text = ", ".join(steps)
    return f"{capital(text)}." if text else ""


def _step(found: Found, now: datetime) -> str:
    until = f" til {day(local_day(found.until_at), local_day(now)).split(' ')[-1]}" if found.until_at else ""
    match found.presence:
        case Presence.AWAY | Presence.DEPUTY_AWAY:
            return f"{found.name} er borte{until}"
        case Presence.ACTS:
            return f"{found.name} er stedfortreder"
        case Presence.EXCLUDED:
            return f"{found.name} kan ikke svare, for saken gjelder vedkommende"
        case Presence.PASSED_BY:
            return f"{found.name} kan ikke nå"
        case Presence.VACANT:
            return "stillingen er ledig"
        case Presence.PRESENT:
            return f"{found.name} er til stede"


def who_was_told(placement: Placement, org: Organisation, concerned: Concerned | None = None) -> tuple[str, ...]:
    """Who has got word of a saved inquiry. Where a person is concerned: that somebody has, and no more."""
    if not placement.strands:
        return ()
    if is_about_a_person(placement.facts, concerned):
        if any(placed.clarifying for placed in placement.strands):
            return (KIS_WAS_TOLD,)
        reached = all(not is_nobody_there(placed) for placed in placement.strands)
        return ("Den ansvarlige lederen har fått beskjed." if reached else NOBODY_TOLD,)
    return tuple(dict.fromkeys(_told(placed, org) for placed in placement.strands))


def _told(placed: Placed, org: Organisation) -> str:
    if is_nobody_there(placed):
        return NOBODY_TOLD
    if placed.clarifying is not None:
        return f"{KIS_WAS_TOLD} {after_kis(placed, org.at)}"
    return f"{speaker(placed, org)} har fått beskjed."


def after_kis(placed: Placed, now: datetime) -> str:
    """When the owner is told of what KIS is finding out; empty where nobody is asked first."""
    if placed.clarifying is None:
        return ""
    title = placed.office.title if placed.office else placed.role.label
    return f"{capital(title)} får saken {promised(placed.clarifying.until_at, now)} hvis det ikke er avklart da."


KIS_WAS_TOLD = "KIS har fått beskjed og finner ut hvem som svarer."
NOBODY_TOLD = "Ingen er å få tak i. Rådmannen og KIS har fått beskjed."


def is_nobody_there(placed: Placed) -> bool:
    """Whether neither holder nor deputy of the office can be reached."""
    return placed.reached is None or placed.reached.person_id is None


def _lower(title: str) -> str:
    """A title inside a sentence: «rektor», but «KIS» stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
