"""What's on in the demo world. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.vocabularies import (
    Ability,
    Condition,
    Form,
    Gender,
    Language,
    Purpose,
)
from hereabouts.hub.demo.people import ORGANISATIONS

Joining = Activity.Joining
Qualification = Activity.Qualification
Frequency = Schedule.Frequency
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = Schedule.Weekday


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An activity of the demo world."""

    name: str
    hall: str
    provider: str
    # What has no timetable has none of these three.
    weekday: int | None = None
    start: time | None = None
    end: time | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    frequency: str = Frequency.WEEKLY
    week_of_month: int | None = None
    # How many days ago somebody said that it runs, and who; None: nobody yet.
    checked: tuple[int, str] | None = None
    leader_confirmed_days_ago: int | None = None
    # Codes of `activities.kinds`.
    kinds: tuple[str, ...] = ()
    # For whom, pence, and what they bring.
    concessions: tuple[tuple[str, int, str], ...] = ()
    # In how many days a break begins, how many days it lasts, and why.
    break_in: tuple[int, int, str] | None = None
    # For how many days from now it is paused, and why.
    paused_for: tuple[int, str] | None = None


HEATH_END, STEADY_VALE, KILN_YARD, LARKFIELD, THISTLE = ORGANISATIONS

LINES = (
    Line(
        name="Gentle moves to music",
        hall="Larkfield Library",
        provider=HEATH_END,
        weekday=TUESDAY,
        start=time(10, 30),
        end=time(11, 30),
        fields={
            "purposes": [Purpose.COMPANY],
            "age_from": 50,
            "gender": Gender.EVERYBODY,
            "ability": Ability.ANYBODY,
            "conditions": [Condition.ARTHRITIS, Condition.DEMENTIA, Condition.HIGH_BLOOD_PRESSURE],
            "languages": [Language.ENGLISH],
            "carers_welcome": True,
            "is_first_free": True,
            "is_low_impact": True,
            "summary": "An hour of gentle moving to songs that you know, standing or sitting.",
            "description": "We warm up, move to music and finish with a cup of tea.",
            "for_whom": "Anyone who wants to move a little more. Come with a friend or alone.",
            "adapted": "You can do every part sitting down.",
            "cost_pence": 200,
            "joining": Joining.TURN_UP,
            "leader_qualification": Qualification.EXERCISE_INSTRUCTOR,
        },
        checked=(6, "the class leader"),
        kinds=("dance", "general-fitness-for-older-adults"),
        concessions=(("people who care for somebody", 100, ""),),
    ),
    Line(
        name="Sit and stretch",
        hall="Thistle Lane Centre",
        provider=THISTLE,
        weekday=WEDNESDAY,
        start=time(14),
        end=time(15),
        fields={
            "purposes": [Purpose.STRENGTH_AND_BALANCE, Purpose.COMPANY],
            "conditions": [Condition.ARTHRITIS, Condition.STROKE, Condition.COPD],
            "languages": [Language.ENGLISH, Language.POLISH],
            "carers_welcome": True,
            "is_chair_based": True,
            "summary": "Chair-based exercise with tea afterwards.",
            "for_whom": "For people who are not steady on their feet, or tire quickly.",
            "adapted": "The leader knows about arthritis, stroke and breathing conditions.",
            "cost_pence": 0,
            "cost_note": "with a cup of tea",
            "joining": Joining.TURN_UP,
            "leader_qualification": Qualification.CHAIR_BASED_LEADER,
        },
        checked=(12, "the centre"),
        kinds=("chair-based-exercise",),
    ),
    Line(
        name="Tuesday strollers",
        hall="Kiln Yard gate",
        provider=KILN_YARD,
        weekday=TUESDAY,
        start=time(10),
        end=time(10, 40),
        fields={
            "purposes": [Purpose.HEALTH_WALK],
            "ability": Ability.BEGINNERS,
            "summary": "A slow walk on a flat path, with benches on the way.",
            "for_whom": "Anyone who can walk for ten minutes. Bring a coat.",
            "cost_pence": 0,
            "joining": Joining.TURN_UP,
            "leader_qualification": Qualification.WALK_LEADER,
        },
        checked=(35, "the walk leader"),
        kinds=("walking",),
    ),
    Line(
        name="Move and mingle",
        hall="Old Pit Lane Chapel Rooms",
        provider=HEATH_END,
        weekday=FRIDAY,
        start=time(11),
        end=time(12),
        fields={
            "is_low_impact": True,
            "summary": "Low-impact exercise, then a chat.",
            "cost_pence": 150,
            "joining": Joining.CONTACT_FIRST,
        },
        checked=(95, "the class leader"),
    ),
    Line(
        name="Sure and Steady",
        hall="Millbeck Hall",
        provider=HEATH_END,
        weekday=THURSDAY,
        start=time(13, 30),
        end=time(14, 45),
        fields={
            "purposes": [Purpose.STRENGTH_AND_BALANCE],
            "age_from": 65,
            "conditions": [
                Condition.ARTHRITIS,
                Condition.PARKINSONS,
                Condition.STROKE,
                Condition.OSTEOPOROSIS,
            ],
            "carers_welcome": True,
            "is_first_free": True,
            "places_per_session": 15,
            "is_fame": True,
            "summary": "A class to make your legs stronger and your balance better, so that you "
            "feel safer on your feet.",
            "description": "A cup of tea and a chat while people arrive.\n\n"
            "Warm-up, sitting or standing. Strength work with bands. Balance work beside a chair "
            "or a wall.\n\n"
            "Getting down to the floor and up again, when you are ready. You never have to.",
            "for_whom": "For people over 65 who worry about falling, or have fallen once or twice "
            "in the last year. Fallen three times or more? Please tell your doctor or nurse "
            "first.",
            "adapted": "You can do any part sitting down. The leader can change it for arthritis, "
            "Parkinson’s, stroke and osteoporosis (thin bones).",
            "cost_pence": 300,
            "cost_note": "If money is tight, ask",
            "joining": Joining.BOOK,
            "leader_qualification": Qualification.POSTURAL_STABILITY,
        },
        leader_confirmed_days_ago=40,
        checked=(3, "the class leader"),
        kinds=("falls-and-exercise-management",),
        concessions=(("people on Pension Credit", 0, "your Pension Credit letter"),),
        break_in=(30, 10, "Christmas and New Year"),
    ),
    Line(
        name="Best foot forward",
        hall="Gorse Hill Church Hall",
        provider=STEADY_VALE,
        weekday=MONDAY,
        start=time(10),
        end=time(11, 15),
        fields={
            "purposes": [Purpose.STRENGTH_AND_BALANCE, Purpose.EXERCISE_REFERRAL],
            "is_fame": True,
            "summary": "Falls Management Exercise. It gets a little harder as you get stronger.",
            "joining": Joining.REFERRAL,
            "leader_qualification": Qualification.POSTURAL_STABILITY,
        },
        # Longer ago than the review period: residents see "Leader not confirmed".
        leader_confirmed_days_ago=500,
        checked=(20, "the class leader"),
        kinds=("falls-and-exercise-management",),
    ),
    Line(
        name="Otago in the afternoon",
        hall="Birch Court common room",
        provider=THISTLE,
        weekday=WEDNESDAY,
        start=time(15, 30),
        end=None,
        fields={
            "purposes": [Purpose.STRENGTH_AND_BALANCE],
            "follows_otago": True,
            "summary": "Strength and balance exercise after a programme called Otago.",
            "joining": Joining.CONTACT_FIRST,
        },
        kinds=("otago",),
    ),
    Line(
        name="Stronger legs",
        hall="Larkfield Leisure Centre",
        provider=LARKFIELD,
        weekday=MONDAY,
        start=time(9, 30),
        end=time(10, 30),
        fields={
            "purposes": [Purpose.STRENGTH_AND_BALANCE, Purpose.EXERCISE_REFERRAL],
            "is_low_impact": True,
            "summary": "Gentle strength work for legs and balance.",
            "cost_pence": 450,
            "joining": Joining.BOOK,
            "leader_qualification": Qualification.EXERCISE_INSTRUCTOR,
        },
        checked=(15, "the centre"),
        kinds=("group-exercise",),
        concessions=(("over 65s", 300, "something with your age on it"),),
    ),
    Line(
        name="Walking football",
        hall="Larkfield Leisure Centre",
        provider=LARKFIELD,
        weekday=FRIDAY,
        start=time(18),
        end=time(19),
        fields={
            "gender": Gender.MEN,
            "age_from": 50,
            "summary": "Football at a walk. No tackling.",
            "cost_pence": 350,
            "joining": Joining.TURN_UP,
        },
        checked=(15, "the centre"),
        kinds=("walking-football",),
    ),
    Line(
        name="Chairs and chatter",
        hall="Castle View Rooms",
        provider=STEADY_VALE,
        weekday=THURSDAY,
        start=time(11),
        end=time(12),
        fields={"is_chair_based": True, "cost_pence": 0, "joining": Joining.TURN_UP},
        checked=(50, "the class leader"),
        kinds=("chair-based-exercise",),
        paused_for=(44, "The hall is being painted"),
    ),
    Line(
        name="Park bench club",
        hall="Heather Bank Park",
        provider=KILN_YARD,
        weekday=SATURDAY,
        start=time(10),
        end=time(11, 30),
        frequency=Frequency.FORTNIGHTLY,
        fields={
            "form": Form.CLUB,
            "summary": "Easy exercise in the open air, with a bench always near.",
            "cost_pence": 0,
            "joining": Joining.TURN_UP,
        },
        checked=(8, "the walk leader"),
    ),
    Line(
        name="First Tuesday tea dance",
        hall="Spinners Community Rooms",
        provider=HEATH_END,
        weekday=TUESDAY,
        week_of_month=1,
        frequency=Frequency.MONTHLY,
        start=time(14),
        end=time(16),
        fields={
            "languages": [Language.ENGLISH, Language.ROMANIAN],
            "is_low_impact": True,
            "cost_pence": 300,
            "cost_note": "with tea",
            "joining": Joining.TURN_UP,
        },
        checked=(28, "the organiser"),
        kinds=("dance",),
    ),
    Line(
        name="Steady steps by the water",
        hall="Canal Basin Centre",
        provider=STEADY_VALE,
        weekday=TUESDAY,
        start=time(13),
        end=time(14, 15),
        fields={
            "purposes": [Purpose.STRENGTH_AND_BALANCE],
            "is_fame": True,
            "summary": "Falls Management Exercise in a bright hall by the canal.",
            "cost_pence": 0,
            "joining": Joining.REFERRAL,
            "leader_qualification": Qualification.POSTURAL_STABILITY,
        },
        leader_confirmed_days_ago=120,
        checked=(30, "the class leader"),
        kinds=("falls-and-exercise-management",),
    ),
    Line(
        name="Sitting strong",
        hall="Tanner Street Hall",
        provider=THISTLE,
        weekday=FRIDAY,
        start=time(10),
        end=time(10, 45),
        fields={
            "is_chair_based": True,
            "cost_note": "Pay what you can",
            "joining": Joining.TURN_UP,
        },
        checked=(70, "the class leader"),
        kinds=("chair-based-exercise",),
    ),
    Line(
        name="Nine Acre walkers",
        hall="Nine Acre Park",
        provider=KILN_YARD,
        weekday=SUNDAY,
        start=time(10),
        end=time(11),
        fields={
            "form": Form.GROUP,
            "purposes": [Purpose.HEALTH_WALK],
            "cost_pence": 0,
            "joining": Joining.TURN_UP,
        },
        kinds=("walking",),
    ),
    Line(
        name="Heather Bank Park",
        hall="Heather Bank Park",
        provider="",
        fields={
            "form": Form.OPEN_SPACE,
            "summary": "Flat paths, a pond and benches. Open all day.",
            "cost_pence": 0,
            "joining": Joining.TURN_UP,
        },
        checked=(18, "the partnership"),
        kinds=("walking", "cycling"),
    ),
    Line(
        name="Stay and play in the hall",
        hall="Larkfield Leisure Centre",
        provider=LARKFIELD,
        weekday=WEDNESDAY,
        start=time(15, 45),
        end=time(17),
        fields={
            "summary": "Ball games after school, for children and whoever brings them.",
            "age_from": 5,
            "age_to": 11,
            "is_term_time_only": True,
            "cost_pence": 200,
            "joining": Joining.TURN_UP,
        },
        checked=(10, "the centre"),
        kinds=("multisports",),
    ),
    Line(
        name="Thistle bowls club",
        hall="Thistle Lane Centre",
        provider=THISTLE,
        fields={
            "form": Form.CLUB,
            "summary": "A friendly club. New members try it three times before they join.",
            "joining": Joining.CONTACT_FIRST,
        },
        checked=(25, "the club"),
        kinds=("bowls", "indoor-bowls"),
    ),
)
