"""Notes of the arithmetic, as lines for people."""


def working(steps):
    """Steps of a calculation as text: a line each, label and figure."""
    return "\n".join(
        f"{step.english()}: {step.amount:f}"
        if step.amount is not None
        else step.english()
        for step in steps
    )


def reasons(notes):
    """Reasons as one paragraph."""
    return " ".join(
        f"{note.english()} {note.amount:f}"
        if note.amount is not None
        else note.english()
        for note in notes
    )
