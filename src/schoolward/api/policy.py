"""Who may ask what concerns the whole installation."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.roles import Role

declare(
    "installation.diagnose",
    _("See whether the installation is well (doctor)"),
    [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER],
)
