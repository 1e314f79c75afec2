"""Background tasks."""

from django_tasks import task

from hereabouts.accounts.models import User
from hereabouts.backoffice import mails


@task(backend="background")
def send_invitation(user_id: int, by_id: int) -> None:
    """Send the e-mail that lets somebody know that they can sign in."""
    mails.send_invitation(user=User.objects.get(pk=user_id), by=User.objects.get(pk=by_id))
