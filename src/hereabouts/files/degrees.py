"""Degrees as text."""

# Of a degree, 111 km: to the centimetre.
DECIMALS = 7


def write_degrees(degrees: float) -> str:
    """Degrees with a point and never with an exponent: "53.2" for 53.200000001."""
    return f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".")
