"""E-mails about accounts that allauth does not send."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from hereabouts.accounts.models import User


def send_invitation(*, user: User, by: User) -> None:
    """Send `user` an e-mail that says where to sign in, and that `by` invites them."""
    sign_in_url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('account_login')}"
    body = render_to_string(
        "account/email/invitation.txt", {"user": user, "by": by, "sign_in_url": sign_in_url}
    )
    subject = _("%(name)s invites you to Hereabouts") % {"name": by.name or by.email}
    # A line break in a name would end the header: Django raises BadHeaderError.
    send_mail(" ".join(subject.split()), body.strip(), None, [user.email])
