"""ASGI entry point, served by granian: the pages in threads, as WSGI has them, and streams before them."""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
pages: Any = get_wsgi_application()

from schoolward.platform.notify.stream import Streams  # noqa: E402 - needs the settings, which the line above reads

THREADS = 4  # of pages at a time in one process, for the database's waits
threaded: Any = WSGIMiddleware(pages, workers=THREADS)
application = Streams(threaded)
