"""What the back office's forms send: a test says only what it is about."""


def lines(prefix: str, *values: dict[str, object]) -> dict[str, object]:
    """The posted lines of a timetable, of breaks ("breaks") or of reduced prices ("prices")."""
    cells = {
        f"{prefix}-{index}-{name}": value
        for index, line in enumerate(values)
        for name, value in line.items()
    }
    return {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": 0} | cells


def timetable(**line: object) -> dict[str, object]:
    """The posted rows of a timetable: one line, every Thursday at 1:30 pm."""
    values: dict[str, object] = {"frequency": "WEEKLY", "weekday": 3, "start_time": "13:30"} | line
    return lines("timetable", values)


def filled(**fields: object) -> dict[str, object]:
    """A posted activity."""
    return {
        "name": "Sure and Steady",
        "contact": "PROVIDER",
        "joining": "NOT_STATED",
        "leader_qualification": "NOT_STATED",
        **DESCRIBED,
    } | fields


def completed(**fields: object) -> dict[str, object]:
    """What a moderator posts to complete a draft."""
    return {
        "name": "Chair class",
        "version": 1,
        "venue_choice": "new",
        "venue_name": "Millbeck Hall",
        "venue_town": "Shirebrook",
        "venue_postcode": "ng20 8pa",
        "when-frequency": "WEEKLY",
        "when-weekday": "3",
        "when-start_time": "13:30",
        "contact": "PROVIDER",
        "joining": "NOT_STATED",
        "leader_qualification": "NOT_STATED",
        **DESCRIBED,
    } | fields


# What every form of an activity sends when nobody touches it.
DESCRIBED: dict[str, object] = {
    "form": "SESSIONS",
    "gender": "NOT_STATED",
    "ability": "NOT_STATED",
    **lines("breaks"),
    **lines("prices"),
}
