"""The session of examples/demo and Flask's, each read by the other: demo.py DEMO."""

import os
import subprocess
import sys
import urllib.parse
import urllib.request

import flask

SECRET = "a secret that both have"
USER = "Zoë 🍪"

app = flask.Flask("shared-session")
app.secret_key = SECRET


@app.get("/me")
def me():
    return {"user": flask.session.get("user")}


def user_in_flask(cookie):
    response = app.test_client(use_cookies=False).get("/me", headers={"Cookie": cookie})
    return response.json["user"]


def session_of_flask(user):
    return "session=" + app.session_interface.get_signing_serializer(app).dumps({"user": user})


demo = subprocess.Popen(
    [sys.argv[1], "0"],
    stdout=subprocess.PIPE,
    text=True,
    env={**os.environ, "DEMO_FLASK_SECRET_KEY": SECRET},
)
try:
    address = demo.stdout.readline().strip()
    form = urllib.parse.urlencode({"user": USER}).encode()
    with urllib.request.urlopen(address + "login", form) as response:
        lines = response.headers.get_all("Set-Cookie")
    [cookie] = [line.split(";")[0] for line in lines if line.startswith("session=")]
    assert user_in_flask(cookie) == USER, "Flask does not read the demo's session"
    assert user_in_flask(cookie[:-1]) is None, "Flask reads what was changed"

    request = urllib.request.Request(address + "login", headers={"Cookie": session_of_flask("from Flask")})
    with urllib.request.urlopen(request) as response:
        assert "from Flask" in response.read().decode(), "the demo does not read Flask's session"
finally:
    demo.terminate()
print("the demo and Flask read each other's session")
