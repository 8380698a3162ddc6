"""No client stops the others: deadlines, memory, crowds, kills, slow and forged requests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from kg.errors import InputError
from kg.serve.limits import Limits
from kg.serve.service import Service
from kg.store import write_store
from tests.serving import CROSS_JOIN, HUGE_SORT, Reply, ask, numbered, numbers, query

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
DEADLINE = 1.5


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    limits = Limits(deadline=DEADLINE, memory=256 << 20, body=10_000)
    with Service(numbered(tmp_path_factory.mktemp("limits")), port=0, limits=limits) as running:
        yield running


def counted(reply: Reply) -> int:
    assert reply.status == 200, reply.text
    return int(reply.json["results"]["bindings"][0]["n"]["value"])


def raw(service: Service, data: bytes, wait: float = 10) -> bytes:
    """Everything the server says to these bytes until it closes the connection."""
    address = urlsplit(service.url)
    with socket.create_connection((address.hostname, address.port), timeout=wait) as connection:
        connection.sendall(data)
        return b"".join(iter(lambda: connection.recv(65536), b""))


# ------------------------------------------------------- queries that never end


@pytest.mark.parametrize("killer", [CROSS_JOIN, HUGE_SORT])
def test_a_killer_is_stopped_while_others_go_on(service: Service, killer: str) -> None:
    begun = time.monotonic()
    with ThreadPoolExecutor() as threads:
        deadly = threads.submit(query, service, killer)
        answered = 0
        while not deadly.done():
            assert counted(query(service, COUNT)) == 1000
            answered += not deadly.done()
        reply = deadly.result()
    assert reply.status == 503
    assert "stopped" in reply.text
    # what fills its memory may be gone before another query is through
    assert answered or "memory" in reply.text
    assert time.monotonic() - begun < DEADLINE + 2
    assert counted(query(service, COUNT)) == 1000


def test_killers_in_all_workers_hold_others_up_for_a_deadline_at_most(service: Service) -> None:
    with ThreadPoolExecutor() as threads:
        deadly = [threads.submit(query, service, CROSS_JOIN) for _ in range(2)]
        time.sleep(0.2)
        begun = time.monotonic()
        assert counted(query(service, COUNT)) == 1000
        assert time.monotonic() - begun < DEADLINE + 2
        assert [each.result().status for each in deadly] == [503, 503]


def test_who_finds_no_worker_in_time_is_asked_to_come_again(tmp_path: Path) -> None:
    limits = Limits(workers=1, deadline=2, patience=0.2)
    with Service(numbered(tmp_path), port=0, limits=limits) as crowded, ThreadPoolExecutor() as one:
        deadly = one.submit(query, crowded, CROSS_JOIN)
        time.sleep(0.5)
        reply = query(crowded, COUNT)
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
        assert deadly.result().status == 503


def test_two_hundred_clients_at_once_are_all_answered(service: Service) -> None:
    ready = threading.Barrier(200)

    def client(number: int) -> int:
        ready.wait()
        target = f"/sparql?query={quote(COUNT)}" if number % 4 else "/query"
        return ask(service, target).status

    with ThreadPoolExecutor(max_workers=200) as clients:
        assert set(clients.map(client, range(200))) == {200}


# ------------------------------------------------------------------ no network


def test_service_to_loopback_is_refused_and_nobody_is_asked(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        reply = query(service, f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        assert (reply.status, reply.text[:18]) == (403, "SERVICE is refused")
        target = f"/sparql?query={quote('ASK { ?s ?p ?o }')}&default-graph-uri={quote(url)}"
        assert ask(service, target).json["boolean"] is False
        assert query(service, f"ASK FROM <{url}> {{ ?s ?p ?o }}").json["boolean"] is False
        with pytest.raises(TimeoutError):
            listener.accept()


CONFINED = """
import os, socket, sys
from kg.serve.worker import _confine
try:
    pid = os.fork()
    if pid == 0:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
except (OSError, AttributeError, AssertionError):
    sys.exit("not allowed here")
_confine(1 << 30)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2)
except OSError:
    print("unreachable")
"""


def test_a_worker_gives_up_the_network_where_it_may() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", CONFINED, port], capture_output=True, text=True
        )
    if "not allowed here" in done.stderr:
        pytest.skip("this system does not let a process leave the network")
    assert done.stdout == "unreachable\n"


# ----------------------------------------------------------------------- kills


def workers(service: Service) -> list[int]:
    return [worker.pid for worker in service.pool.workers if worker.alive]


def test_kill_9_of_idle_workers_is_not_noticed(service: Service) -> None:
    assert counted(query(service, COUNT)) == 1000
    for pid in workers(service):
        os.kill(pid, signal.SIGKILL)
    assert counted(query(service, COUNT)) == 1000


def test_a_query_whose_worker_is_killed_is_asked_again(tmp_path: Path) -> None:
    with (
        Service(numbered(tmp_path, 200), port=0, limits=Limits(workers=1)) as running,
        ThreadPoolExecutor() as one,
    ):
        (pid,) = workers(running)
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        asked = one.submit(query, running, slow)
        time.sleep(0.3)
        assert not asked.done()
        os.kill(pid, signal.SIGKILL)
        assert counted(asked.result()) == 200**3


def test_a_store_that_was_replaced_is_the_one_that_is_asked(tmp_path: Path) -> None:
    with Service(numbered(tmp_path, 10), port=0) as running:
        assert counted(query(running, COUNT)) == 10
        write_store(tmp_path / "store", numbers(25))
        assert counted(query(running, COUNT)) == 25


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in listed for child in path.read_text().split()]


@pytest.fixture
def process(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`kg serve` as the user runs it, and its address."""
    numbered(tmp_path, 150)
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", tmp_path, "--port", "0", "--timeout", "3"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        yield running, running.stdout.readline().strip()
        running.kill()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_server_ends_well_and_leaves_no_process(
    process: tuple[subprocess.Popen[str], str], stop: signal.Signals
) -> None:
    running, url = process
    left = children(running.pid)
    with ThreadPoolExecutor() as one:
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        asked = one.submit(get, f"{url}sparql?query={quote(slow)}")
        time.sleep(0.2)
        running.send_signal(stop)
        status, text = asked.result()
    assert (status, str(150**3) in text) == (200, True), "a query under way is answered"
    assert running.wait(10) == 0
    assert running.stderr is not None
    assert running.stderr.read() == ""
    assert not [pid for pid in left if alive(pid)]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_workers_do_not_outlive_a_server_that_was_killed(
    process: tuple[subprocess.Popen[str], str],
) -> None:
    running, url = process
    left = children(running.pid)
    assert len(left) == 2
    threading.Thread(target=get, args=(f"{url}sparql?query={quote(CROSS_JOIN)}",)).start()
    time.sleep(0.3)
    running.kill()
    until = time.monotonic() + 10
    while any(map(alive, left)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in left if alive(pid)]


def get(url: str) -> tuple[int, str]:
    import http.client

    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    try:
        connection.request("GET", f"{address.path}?{address.query}")
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


# ------------------------------------------------------------- forged requests


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1234", "[::1]", "LOCALHOST:80"])
def test_this_machine_may_be_called_by_its_own_names(service: Service, host: str) -> None:
    assert ask(service, "/query", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (421, {"Host": "evil.example"}),
        (421, {"Host": "localhost.evil.example"}),
        (421, {"Host": "localhost@evil.example"}),
        (421, {"Host": ""}),
        (403, {"Origin": "https://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "http://["}),
        (403, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}),
    ],
)
def test_a_page_of_another_site_is_refused(
    service: Service, status: int, headers: dict[str, str]
) -> None:
    assert ask(service, "/sparql?query=ASK%7B%7D", headers=headers).status == status


def test_a_name_can_be_added(tmp_path: Path) -> None:
    with Service(numbered(tmp_path), port=0, names=["graph.example"]) as running:
        assert ask(running, "/query", headers={"Host": "graph.example:443"}).status == 200
        assert ask(running, "/query", headers={"Host": "other.example"}).status == 421


@pytest.mark.parametrize("target", ["/", "/doc", "/query", "/sparql", "/none", "/static/query.js"])
def test_every_response_carries_its_guards(service: Service, target: str) -> None:
    headers = ask(service, target).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["server"] == "Claimgraph"
    assert "access-control-allow-origin" not in headers


HEAD = b"Host: localhost\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, b"GET / HTTP/1.1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"),
        (400, b"nonsense\r\n\r\n"),
        (400, b"GET /%ff HTTP/1.1\r\n" + HEAD + b"\r\n"),
        (400, b"GET http://[/ HTTP/1.1\r\n" + HEAD + b"\r\n"),
        (400, b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: -1\r\n\r\n"),
        (400, b"POST /sparql HTTP/1.1\r\n" + HEAD
              + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        (501, b"BREW / HTTP/1.1\r\n" + HEAD + b"\r\n"),
        (405, b"DELETE / HTTP/1.1\r\n" + HEAD + b"\r\n"),
        (411, b"POST /sparql HTTP/1.1\r\n" + HEAD + b"\r\n"),
        (411, b"POST /sparql HTTP/1.1\r\n" + HEAD
              + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n"),
        (413, b"POST /sparql HTTP/1.1\r\n" + HEAD
              + b"Content-Length: 10001\r\n\r\n" + b"x" * 10_001),
        (414, b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n"),
        (431, b"GET / HTTP/1.1\r\n" + HEAD + b"X: y\r\n" * 200 + b"\r\n"),
        (431, b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n"),
        (505, b"GET /\r\n\r\n"),
        (505, b"GET / HTTP/2.0\r\n" + HEAD + b"\r\n"),
    ],
)  # fmt: skip
def test_malformed_and_oversized_requests(service: Service, status: int, request_: bytes) -> None:
    answer = raw(service, request_)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()), answer[:200]
    assert b"nosniff" in answer


def test_a_connection_serves_several_requests(service: Service) -> None:
    one = b"GET /query HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /query HTTP/1.1\r\n" + HEAD + b"\r\n"
    assert raw(service, one + last).count(b"HTTP/1.1 200 OK") == 2


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Service]:
    limits = Limits(workers=1, reading=1, connections=3)
    with Service(numbered(tmp_path), port=0, limits=limits) as running:
        yield running


def trickle(connection: socket.socket) -> None:
    for _ in range(100):
        connection.sendall(b"G")
        time.sleep(0.1)


def test_a_client_that_dawdles_is_cut_off(strict: Service) -> None:
    address = urlsplit(strict.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        begun = time.monotonic()
        with pytest.raises(ConnectionError):
            trickle(connection)
        assert time.monotonic() - begun < 5
    assert query(strict, COUNT).status == 200


def test_more_connections_than_allowed_are_turned_away(strict: Service) -> None:
    address = urlsplit(strict.url)
    idle = [socket.create_connection((address.hostname, address.port)) for _ in range(3)]
    try:
        time.sleep(0.1)
        assert raw(strict, b"").startswith(b"HTTP/1.1 503 ")
    finally:
        for connection in idle:
            connection.close()
    until = time.monotonic() + 5
    while (status := query(strict, COUNT).status) != 200 and time.monotonic() < until:
        time.sleep(0.05)
    assert status == 200


# ----------------------------------------------------------- nothing to serve


def test_there_must_be_something_to_serve(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to serve"):
        Service(tmp_path, port=0)
    store = tmp_path / "store"
    store.mkdir()
    (store / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(InputError, match="not a store"):
        Service(tmp_path, port=0)


def test_a_port_that_is_taken_is_an_error_that_leaves_no_worker(tmp_path: Path) -> None:
    numbered(tmp_path)
    before = set(children(os.getpid()))
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        Service(tmp_path, port=taken.getsockname()[1])
    assert set(children(os.getpid())) <= before
