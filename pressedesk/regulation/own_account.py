"""What is asked on an account of the municipality's own and cannot be dealt with there (strategy 4.2). Pure."""

from pressedesk.regulation.vocabulary import N_, Code


class Matter(Code):
    """What somebody wants who writes on an account of ours."""

    COMMENT = "comment", N_("en kommentar eller et vanlig spørsmål")
    CASE = "case", N_("ber kommunen gjøre eller bestemme noe")
    DOCUMENTS = "documents", N_("ber om dokumenter")
    OWN_CASE = "own_case", N_("spør om sin egen sak")
    WORTH_KEEPING = "worth_keeping", N_("forteller noe kommunen må ta vare på")


OPENINGS = {
    Matter.CASE: N_("Takk for at du skriver til oss. Dette må kommunen behandle som en sak."),
    Matter.DOCUMENTS: N_("Takk for at du skriver til oss. Du kan be om å få se dokumenter i kommunen."),
    Matter.OWN_CASE: N_("Takk for at du skriver til oss. Vi kan ikke svare på det som gjelder en bestemt person her."),
    Matter.WORTH_KEEPING: N_("Takk for at du sier fra. Dette må kommunen ta vare på i arkivet sitt."),
}
WHY = N_("Det som skrives her, blir ikke tatt vare på slik loven krever.")
WITHOUT_DETAILS = N_("Ikke skriv personlige opplysninger i kommentarfeltet.")


def text_for_postmottak(matter: Matter, postmottak: str) -> str | None:
    """What can be answered on the account where the matter must be sent to the archive to be dealt with: that, and
    where. None where it can be answered there. `postmottak` is an address, or what the office is called.

    It says nothing of who asked or about what, so that it can be pasted as it stands."""
    if matter not in OPENINGS:
        return None
    where = N_("Skriv til {postmottak}, så blir det registrert og sendt til rett sted.").format(postmottak=postmottak)
    return " ".join((OPENINGS[matter], WHY, where, WITHOUT_DETAILS))
