"""The kinds of activity that the finder filters by, and what they are called elsewhere.

Identifiers, names and which concept is broader than another: the OpenActive activity list (CC BY
4.0), of which `manage.py load_kinds` reads the whole. The finder has a bit for each of these: **add
at the end only**, and never more than 63.
"""

from typing import NamedTuple

from django.utils.text import slugify

ACTIVITY_LIST = "https://openactive.io/activity-list#"
GROUP = "group-exercise"


class FilterableKind(NamedTuple):
    """A concept that people can filter by: its code in URLs, its OpenActive identifier, its name.

    `broader` are the codes of the filterable concepts directly above it. For example, Nordic
    Walking has "walking".
    """

    code: str
    identifier: str
    name: str
    broader: tuple[str, ...]


def _filterable(identifier: str, name: str, *broader: str) -> FilterableKind:
    return FilterableKind(slugify(name), identifier, name, broader)


FILTERABLE: tuple[FilterableKind, ...] = (
    _filterable("35f999ac-8ed5-46fa-87d0-1c7721aca77e", "Falls and Exercise Management", GROUP),
    _filterable("72871f24-fdcd-4a88-9400-9cb08b911e70", "Otago", GROUP),
    _filterable("ee3cf3ee-082e-4f53-9cb2-3ef0589497ed", "Chair Based Exercise", GROUP),
    _filterable("808e1337-0ab2-4db3-b269-0ee3565c3ac9", "General Fitness for Older Adults"),
    _filterable("e4c2656d-983d-4126-b824-72c6713879fb", "Phase IV Cardiac Rehabilitation", GROUP),
    _filterable("fa58a756-6094-4c7d-8716-2aadc27a655f", "Pulmonary Maintenance", GROUP),
    _filterable("ced88c35-a39f-4b1c-9d94-093ee4fc0e7e", "Rehab Pilates", GROUP, "pilates"),
    _filterable("3a6b1c08-7aa6-48d4-9690-dca9e0133057", "Pilates", GROUP),
    _filterable("bf1a5e00-cdcf-465d-8c5a-6f57040b7f7e", "Yoga", GROUP),
    _filterable("c16df6ed-a4a0-4275-a8c3-1c8cff56856f", "Tai Chi", "martial-arts"),
    _filterable("95092977-5a20-4d6e-b312-8fddabe71544", "Walking"),
    _filterable("c72e1713-25c1-4886-926a-4cd549bb4916", "Nordic Walking", "walking"),
    _filterable("619f374a-c1b6-48d2-aabe-a01b6dedb9fd", "Hiking", "walking"),
    _filterable("e82ea1b1-2b4f-4269-a4f9-42190e502754", "Dog Walking", "walking"),
    _filterable("72ddb2dc-7d75-424e-880a-d90eabe91381", "Running"),
    _filterable("fb930830-f9af-4780-ae0e-51572eeaf96d", "Jogging", "running"),
    _filterable("4a19873e-118e-43f4-b86e-05acba8fb1de", "Cycling"),
    _filterable("2750229d-b725-4171-9276-376be913957c", "Swimming"),
    _filterable("6e31262b-ce37-4fc7-b3e3-d827ac5e8b42", "Aqua Aerobics", GROUP),
    _filterable("6ca15167-51da-4d91-a1ae-8a45dc47b0ea", "Dance"),
    _filterable("2998a4ad-e206-4cf8-9f9d-8a36faa0bc88", "Line Dancing", "dance"),
    _filterable("7f4fffb6-f136-46e0-9fac-7142567b41b5", "Zumba® Gold", GROUP),
    _filterable("5b880e93-4a16-4c37-86ac-ba2ffba68358", "Gardening"),
    _filterable("b885f4f6-2242-4d11-9466-065d60402624", "Bowls"),
    _filterable("e759300c-0794-4362-9fdd-85a725504217", "Indoor Bowls", "bowls"),
    _filterable("611363c5-8acf-4eeb-aeba-c33e9c70146e", "Boccia"),
    _filterable("fc435509-332a-41db-b204-0da4153cf4f6", "Petanque"),
    _filterable("8cba755c-5b62-4e79-b9f2-4f0cb5248f74", "Croquet"),
    _filterable("1a05993d-b206-4efe-85da-646fa340bdf4", "Table Tennis"),
    _filterable("c0360db0-a817-4bae-9167-40f89b49fc9e", "Badminton"),
    _filterable("d354b58e-0c97-47c8-92cb-937b91d56eef", "Pickleball"),
    _filterable("f2ea7405-6098-4378-b0fe-4e398a659fc4", "Tennis"),
    _filterable("cd63149a-d6ab-4278-8ce2-033f65e0a9f6", "Walking Tennis", "tennis"),
    _filterable("0a5f732d-e806-4e51-ad40-0a7de0239c8c", "Football"),
    _filterable("b8019b67-2ade-406f-a012-91a5c3869652", "Walking Football", "football"),
    _filterable("fbdc35a8-3dd0-40ee-a7ca-6ff40b3e5f90", "Netball"),
    _filterable("1e48de7e-4f8f-49bd-8ab3-9d92edf2cedc", "Walking Netball", "netball"),
    _filterable("77e3f8fa-c8b3-4e4e-bf1a-ff4b914bb6ec", "Cricket"),
    _filterable("f00fc7b2-8154-43f3-97a0-a53fb62c233a", "Walking Cricket", "cricket"),
    _filterable("5d528d2f-83df-482e-bfb9-fcaee5b85f4a", "Rugby"),
    _filterable("c130d312-c5de-44af-bc89-1d3d808113cc", "Walking Rugby", "rugby"),
    _filterable("fbb36017-6222-4af2-8186-392e3da0a418", "Hockey"),
    _filterable("b198d16b-81c1-4287-a846-b4f4027076b4", "Walking Hockey", "hockey"),
    _filterable("e09776e6-f1b4-421b-b667-5c5913cf97aa", "Basketball"),
    _filterable("491f00db-e058-43a3-afb7-d352d3dd5b5e", "Walking Basketball", "basketball"),
    _filterable("bd661e66-7781-4934-90f4-8655d07eebd7", "Wheelchair Basketball", "basketball"),
    _filterable("065c8564-144a-4833-b95a-db8550e6ac86", "Volleyball"),
    _filterable("7ae6067a-07f7-4aea-9e1f-eeeea5ae9047", "Golf"),
    _filterable("08d9368c-6c6c-44a3-84ef-a42ed00d529a", "Gym Workout"),
    _filterable("984068a7-5b7b-4989-bb33-f96953d8960c", "Group Exercise"),
    _filterable("22368ce1-56d0-4ce9-ad45-bbb7e89ebb00", "Postural Stability Instruction", GROUP),
    _filterable("d22d1d7d-8a2f-4e18-88c8-80abcbdded9d", "Circuit Training", GROUP),
    _filterable("678b9fc4-1860-4377-85b9-e4c01628582a", "Aerobics", GROUP),
    _filterable("2330f2d4-d0dc-4231-8dd9-07d37a452228", "Martial Arts"),
    _filterable("b2d5619e-56a7-4c40-b691-7f946f6ff5df", "Orienteering"),
    _filterable("72d19892-5f55-4e9c-87b0-a5433baa49c8", "Angling"),
    _filterable("d2733a1c-662c-427a-a270-400171c07320", "Rowing"),
    _filterable("e0425262-6f1d-4c58-ba8a-dd790c5351b1", "Canoeing"),
    _filterable("d09970bc-e11c-40cc-a594-38e4ff32d611", "Climbing"),
    _filterable("26a7b902-1ddd-46fd-9371-853e414c9eb3", "Multisports"),
    _filterable("07f8fcbb-8414-4cfd-af3c-da8f83c02ff3", "ParkPlay"),
    _filterable("36d7c0f9-1831-44ef-abf6-ead8b1cfa80e", "Early Years Play"),
)

FILTERABLE_BY_IDENTIFIER = {ACTIVITY_LIST + concept.identifier: concept for concept in FILTERABLE}
FILTERABLE_BY_CODE = {concept.code: concept for concept in FILTERABLE}
