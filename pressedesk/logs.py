"""What goes into the log: where something failed, never what it said. Pure."""

import traceback


def where_failed(error: BaseException | None) -> str:
    """The kinds of error and the lines of code, outermost cause last. No message of an error: it may quote a person."""
    lines: list[str] = []
    while error is not None:
        lines += [type(error).__name__, *traceback.format_list(traceback.extract_tb(error.__traceback__))]
        error = error.__cause__ or error.__context__
    return "\n".join(line.rstrip() for line in lines)
