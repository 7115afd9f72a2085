"""What the page said was saved survives a kill -9 of the server."""

import re
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from app.config import ROOT
from tests.codes import built_index
from tests.conftest import SCENARIO

SERVER = """
import sys
from werkzeug.serving import make_server
from wsgi import app
server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def serve(tmp_path, empty_database):
    shutil.copy(empty_database, tmp_path / "chartroom.sqlite")
    (tmp_path / "codes.sqlite").symlink_to(built_index())
    running = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env={"CHARTROOM_INSTANCE": str(tmp_path), "PATH": ""})
        running.append(process)
        return process, f"http://127.0.0.1:{process.stdout.readline().strip()}"

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


class Visitor:
    def __init__(self):
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token = ""

    def get(self, address):
        with self.opener.open(address) as answer:
            text = answer.read().decode()
            self.token = re.search(r'name="csrf_token" value="([^"]+)"', text).group(1)
            return answer.url, text

    def post(self, address, **fields):
        body = urllib.parse.urlencode({"csrf_token": self.token, **fields}).encode()
        request = urllib.request.Request(address, body, headers={"Referer": address})
        with self.opener.open(request) as answer:
            return answer.url, answer.read().decode()


def test_a_draft_a_mark_and_a_chart_of_a_drill_survive_a_kill(serve):
    process, address = serve()
    visitor = Visitor()
    visitor.get(address)
    visitor.post(f"{address}/guest")
    visitor.get(f"{address}/scenarios/{SCENARIO}")
    step, _ = visitor.post(f"{address}/scenarios/{SCENARIO}/start")
    visitor.post(f"{step}/hand-in", given="Nobody")
    next_step = f"{step.rsplit('/', 1)[0]}/benefits"
    visitor.post(f"{next_step}/draft", deductible_left="123.45", token="0")
    chart, _ = visitor.post(f"{address}/drills", kind="short")
    visitor.post(f"{chart}/hand-in", codes="Z98.890")
    process.kill()
    process.wait()

    _, again = serve()
    _, marked = visitor.get(step.replace(address, again))
    _, drafted = visitor.get(next_step.replace(address, again))
    drill = chart.rsplit("/charts", 1)[0].replace(address, again)
    next_chart, _ = visitor.get(drill)
    _, results = visitor.post(f"{drill}/stop")
    assert "Nobody" in marked
    assert 'value="123.45"' in drafted
    assert next_chart == f"{drill}/charts/2"
    assert "Z98.890" in results
