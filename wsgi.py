"""The entry point of WSGI servers: `gunicorn wsgi:app`, `waitress-serve wsgi:app`."""

from web.app import create_app

app = create_app()
