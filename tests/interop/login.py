"""One user agent, two applications that share a login.

    login.py PYTHON FLASK_APP SHARED_LOGIN
"""

import http.cookiejar
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

KEY = "a secret that two applications have"


class UserAgent:
    """Cookies do not keep ports apart, so that both applications see the same."""

    def __init__(self):
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def send(self, address, form=None):
        body = None if form is None else urllib.parse.urlencode(form, quote_via=urllib.parse.quote).encode()
        try:
            with self.opener.open(address, body, timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, ""


def main():
    python, flask_app, shared_login = sys.argv[1:]
    commands = {"Flask": [python, flask_app, KEY], "Rust": [shared_login, KEY]}
    processes = {name: subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for name, command in commands.items()}
    try:
        steps(**{name: process.stdout.readline().strip() for name, process in processes.items()})
    finally:
        for process in processes.values():
            process.terminate()
            process.wait()


def steps(Flask, Rust):
    known = {"Flask": Flask, "Rust": Rust}

    def expect(agent, user, after):
        for name, address in known.items():
            answer = agent.send(address + "/me")
            assert answer == ((200, user) if user else (401, "")), f"{after}: {name} answered {answer}"
        print(f"{after}: {user or 'nobody'} at both")

    agent = UserAgent()
    expect(agent, None, "at first")
    for entry in known:
        for exit in known:
            user = f"{entry} é ☃; {exit}"
            assert agent.send(known[entry] + "/login", {"user": user})[0] == 200
            expect(agent, user, f"logged in at {entry}")
            assert agent.send(known[exit] + "/logout", {})[0] == 200
            expect(agent, None, f"logged out at {exit}")
    # What one put into the session besides survives the other.
    assert agent.send(Flask + "/login", {"user": "a"})[0] == 200
    before = agent.send(Flask + "/visits")
    assert agent.send(Rust + "/login", {"user": "b"})[0] == 200
    assert before == agent.send(Flask + "/visits") and "b'\\x00\\xff'" in before[1], before
    expect(agent, "b", "logged in anew at Rust")
    assert agent.send(Flask + "/clear", {})[0] == 200
    assert not list(agent.jar), "a session that is empty is a cookie that is deleted"
    # At Rust alone, so that the session is empty and its cookie deleted, too.
    assert agent.send(Rust + "/login", {"user": "c"})[0] == 200
    assert [cookie.name for cookie in agent.jar] == ["session"]
    assert agent.send(Rust + "/logout", {})[0] == 200
    assert not list(agent.jar), "and here as well"
    # Another user agent is nobody, and so is one with a cookie that nobody signed.
    expect(UserAgent(), None, "at another user agent")


main()
