"""Postcodes: any spelling, look-alikes forgiven, the nearest likely ones for a wrong one."""

import pytest

from hereabouts.places import postcodes


@pytest.mark.parametrize(
    "typed", ["NG20 8PA", "ng208pa", " n g 2 0 8 p a ", "NG2O 8PA", "ng20-8pa", "NG20  8PA."]
)
def test_locate_reads_any_spelling(typed: str) -> None:
    found = postcodes.locate(typed)

    assert found is not None
    assert found.postcode == "NG20 8PA"
    assert found.point.latitude == pytest.approx(53.2000, abs=0.0005)
    assert found.point.longitude == pytest.approx(-1.2324, abs=0.0005)


@pytest.mark.parametrize("typed", ["", "NG20", "hello", "ZZ99 9ZZ", "BT1 5GS", "£$%^&", "1" * 500])
def test_locate_finds_nothing_where_there_is_no_such_postcode(typed: str) -> None:
    assert postcodes.locate(typed) is None


def test_likely_offers_postcodes_one_slip_away() -> None:
    offered = [located.postcode for located in postcodes.likely("NG20 8P")]

    assert offered
    assert all(postcode.startswith("NG20 8") for postcode in offered)


def test_likely_offers_what_was_typed_the_wrong_way_round() -> None:
    assert "NG20 8PA" in [located.postcode for located in postcodes.likely("GN20 8PA")]
