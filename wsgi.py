"""The WSGI entry. `python wsgi.py` serves on this machine (Windows too); `make run` uses gunicorn."""

import sys

from app.config import SettingsError
from app.factory import create_app
from app.loaded import leave_alone

try:
    app = create_app()
    leave_alone()
except SettingsError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=5000, threaded=True)
