"""Blocks hold what is near their centre, and follow their entries."""

import h3.api.basic_int as h3
import pytest
from hypothesis import given

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.finder import Query
from hereabouts.finder import actions as writing
from hereabouts.finder.blocks import FARTHEST_REACH_KM
from hereabouts.finder.cells import BLOCK_RESOLUTION, cells_of
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.places.points import Point, distance_between
from tests.finder.around import NOW, SHIREBROOK, anywhere, towards
from tests.finder.stands import Stand, put

pytestmark = pytest.mark.django_db


@given(point=anywhere)
def test_what_descends_from_a_block_is_within_reach_of_its_centre(point: Point) -> None:
    cell = finder.place_of(point).cell
    block = h3.cell_to_parent(cell, BLOCK_RESOLUTION)
    latitude, longitude = h3.cell_to_latlng(block)
    first, last = cells_of(block)

    assert first <= cell <= last
    away = distance_between(point, Point(latitude=latitude, longitude=longitude))
    assert away < FARTHEST_REACH_KM * 0.9


def test_blocks_follow_their_entries() -> None:
    put([Stand(point=SHIREBROOK), Stand(point=SHIREBROOK)])
    query = Query(among=ACTIVITIES, point=SHIREBROOK, within_km=5, at=NOW)
    moved = FinderEntry.objects.get(record_id=1)
    cells = [moved.cell]
    far = finder.place_of(towards(SHIREBROOK, bearing=1, km=200))
    moved.cell, moved.x, moved.y, moved.z = far.cell, far.x, far.y, far.z

    moved.save()
    writing.write_blocks(among=ACTIVITIES, cells=[*cells, far.cell])

    assert [hit.record_id for hit in finder.nearest(query)] == [2]
    FinderEntry.objects.filter(record_id=2).delete()
    writing.write_blocks(among=ACTIVITIES, cells=cells)
    assert finder.nearest(query) == ()
    assert FinderBlock.objects.count() == 1
