"""The WSGI entry: `gunicorn wsgi:app`, `flask --app wsgi ...`."""

import sys

import config
from advocates.application import create_app

try:
    app = create_app(config.from_environment())
except config.ConfigurationError as error:
    sys.exit(str(error))
