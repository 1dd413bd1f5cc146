"""A small Flask application: flask_app.py SECRET_KEY listens on a free port of 127.0.0.1 and prints its address."""

import sys

import flask
from werkzeug.serving import make_server

app = flask.Flask("shared-login")
app.secret_key = sys.argv[1]


@app.get("/me")
def me():
    user = flask.session.get("user")
    return (user, 200) if user is not None else ("", 401)


@app.post("/login")
def login():
    flask.session["user"] = flask.request.form["user"]
    flask.session["visits"] = (1, b"\x00\xff", {"\u2603": 10**30})
    return ""


@app.post("/logout")
def logout():
    flask.session.pop("user", None)
    return ""


@app.post("/clear")
def clear():
    flask.session.clear()
    return ""


@app.get("/visits")
def visits():
    return repr(flask.session.get("visits"))


server = make_server("127.0.0.1", 0, app)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
