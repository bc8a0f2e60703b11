"""ASGI entry point, for pages that stream."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
application = get_asgi_application()
