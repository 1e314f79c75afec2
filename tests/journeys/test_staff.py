"""Staff sign in by code, import the real timetable, complete it, and find it in the finder."""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.core import mail
from playwright.sync_api import Page, expect

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities.models import Activity
from tests import make
from tests.journeys.steps import assert_accessible

TIMETABLE = Path("sessions") / "strength_balance_sessions_from_web_pages.csv"


@pytest.fixture
def moderator(editorial_root: object) -> User:
    make.partnership()
    return make.staff(role=Role.MODERATOR, email="moderator@heathandvale.example")


@pytest.mark.open_data
def test_staff_import_the_real_timetable_complete_it_and_find_it(
    page: Page, moderator: User, open_data: Path
) -> None:
    _sign_in_by_code(page, moderator)

    page.goto("/staff/activities/import/")
    page.set_input_files("input[type=file]", open_data / TIMETABLE)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("button", name=re.compile("look", re.IGNORECASE))).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("look", re.IGNORECASE)).click()
    expect(page.get_by_text("23 become drafts.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("^Save", re.IGNORECASE)).last.click()
    expect(page.get_by_text("23 became drafts.")).to_be_visible()
    assert_accessible(page)

    page.goto("/staff/activities/drafts/")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("ENGAGE")).first.click()
    expect(page.get_by_label("New venue: its name")).to_have_value("Water Meadows Leisure Centre")
    expect(page.get_by_label("Run by")).to_have_value("Everyone Health")
    expect(page.get_by_label("Chair-based exercise")).to_be_checked()
    page.get_by_label("A new venue, given below").check()
    page.get_by_label("Postcode").fill("NG18 1HJ")
    page.get_by_label("Who told you that it runs?").fill("the leisure centre")
    assert_accessible(page)
    page.get_by_role("button", name="Publish, and on to the next").click()
    expect(page.get_by_text("is published. Residents can find it now.")).to_be_visible()
    expect(page.get_by_label("New venue: its name")).to_have_value("Tuxford Court")

    page.goto("/find/?near=NG18+1EQ")
    expect(page.locator(".card__title")).to_have_text(["ENGAGE Strength and Balance"])
    expect(page.get_by_text("by the leisure centre")).to_be_visible()
    assert Activity.objects.drafts().count() == 22


def _sign_in_by_code(page: Page, user: User) -> None:
    page.goto("/staff/")
    page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(user.email)
    page.locator("main").get_by_role("button").first.click()
    field = page.get_by_label(re.compile("code", re.IGNORECASE))
    expect(field).to_be_visible()
    assert_accessible(page)
    code = re.search(
        r"^\s*([A-Z0-9]{3,4}-[A-Z0-9]{3,4})\s*$", str(mail.outbox[-1].body), re.MULTILINE
    )
    assert code is not None
    field.fill(code[1])
    page.locator("main").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    assert_accessible(page)
    page.locator("main input[name=code]").first.fill(_second_step(user))
    page.locator("main").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile("/staff/$"))
    assert_accessible(page)


def _second_step(user: User) -> str:
    """The six digits that this user's authenticator app shows now."""
    secret = decrypt(Authenticator.objects.get(user=user).data["secret"])
    now = next(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, now)))
