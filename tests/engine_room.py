"""Engines beyond one machine, started for the tests: Spark in local mode, ClickHouse and PostgreSQL behind Ibis.

ClickHouse runs as chDB, its own engine packed for Python, behind the HTTP interface that its clients speak; Ibis and
clickhouse-connect are what a user would use against a cluster. PostgreSQL is the server of the system, in a cluster of
its own that is thrown away.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest

from entrepot import flows

KINDS = {
    "clickhouse": {flows.TEXT: "String", flows.NUMBER: "Float64", flows.DAY: "Date"},
    "postgres": {flows.TEXT: "text", flows.NUMBER: "double precision", flows.DAY: "date"},
}
WORDS = ("reporter", "flow", "classification", "span", "concept", "valuation", "currency", "status", "source")
TRANSPORT = {"session_id", "database", "query", "query_id", "wait_end_of_query", "default_format"}  # no settings


@contextmanager
def spark():
    """Hand a function that puts a pandas table into Spark on this machine."""
    pytest.importorskip("pyspark", reason="PySpark is not installed; make test-all installs it")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed; make test-all installs it")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1", "spark.log.level": "ERROR", "spark.sql.session.timeZone": "UTC",
    }  # fmt: skip
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    with tempfile.TemporaryDirectory() as folder:

        def put(table: pd.DataFrame, name: str):
            path = Path(folder) / f"{name}.parquet"
            table.to_parquet(path)
            return session.read.parquet(str(path)).cache()

        try:
            yield put
        finally:
            session.stop()


@contextmanager
def clickhouse():
    """Hand a function that puts a pandas table into ClickHouse and returns it as an Ibis table."""
    for name in ("chdb", "ibis", "clickhouse_connect"):
        pytest.importorskip(name, reason=f"{name} is not installed; make test-all installs it")
    import ibis
    from chdb.session import Session

    with tempfile.TemporaryDirectory() as folder:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        server.daemon_threads = True
        server.engine, server.turn = Session(folder), threading.Lock()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = ibis.clickhouse.connect(host="127.0.0.1", port=server.server_port)
        columns = ", ".join(f"`{name}` {_clickhouse_type(name, kind)}" for name, (kind, _) in flows.COLUMNS.items())

        def put(table: pd.DataFrame, name: str):
            path = Path(folder) / f"{name}.parquet"
            table[list(flows.COLUMNS)].to_parquet(path)
            order = "(reporter, period, partner, product)"
            server.engine.query(f"create table default.{name} ({columns}) engine = MergeTree order by {order}")
            named = ", ".join(flows.COLUMNS)
            server.engine.query(f"insert into default.{name} ({named}) select {named} from file('{path}')")
            return there.table(name)

        try:
            yield put
        finally:
            there.disconnect()
            server.shutdown()
            server.server_close()
            server.engine.close()


def _clickhouse_type(name: str, kind) -> str:
    plain = KINDS["clickhouse"][kind]
    if name in WORDS:
        return f"LowCardinality({plain})"
    return f"Nullable({plain})" if name in flows.NULLABLE else plain


class Door(BaseHTTPRequestHandler):
    """ClickHouse's HTTP interface, as far as its Python client uses it: a statement in, its rows out."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        beside = self._parts(body)
        statement = "\n".join(part for part in (asked.get("query", ""), "" if beside else body.decode()) if part)
        told = {f"{name}_{word}" for name in beside for word in ("format", "structure", "types")}
        settings = {name: word for name, word in asked.items() if name not in TRANSPORT | told}
        engine = self.server.engine
        with self.server.turn:
            try:
                for name, rows in beside.items():
                    self._put(name, asked, rows)
                for name, word in settings.items():
                    engine.query(f"set {name} = '{word}'")
                status, found = 200, engine.query(statement, asked.get("default_format", "TabSeparated")).bytes()
            except RuntimeError as error:
                status, found = 500, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(found)))
        self.send_header("X-ClickHouse-Timezone", "UTC")
        if status != 200:
            self.send_header("X-ClickHouse-Exception-Code", "1")
        self.end_headers()
        self.wfile.write(found)

    def _parts(self, body: bytes) -> dict[str, bytes]:
        """Small tables that came along with a statement, by name."""
        kind = self.headers.get("Content-Type", "")
        if not kind.startswith("multipart/form-data"):
            return {}
        message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
                for part in message.get_payload()}  # fmt: skip

    def _put(self, name: str, asked: dict[str, str], rows: bytes) -> None:
        engine = self.server.engine
        with tempfile.NamedTemporaryFile() as file:
            file.write(rows)
            file.flush()
            engine.query(f"create or replace table default.{name} ({asked[f'{name}_structure']}) engine = Memory")
            engine.query(f"insert into default.{name} select * from file('{file.name}', {asked[f'{name}_format']})")

    def log_message(self, *words) -> None:
        """Say nothing."""


@contextmanager
def postgres():
    """Hand a function that puts a pandas table into PostgreSQL and returns it as an Ibis table."""
    for name in ("ibis", "psycopg"):
        pytest.importorskip(name, reason=f"{name} is not installed; make test-all installs it")
    if (programs := _programs()) is None:
        pytest.skip("PostgreSQL is not installed; make test-all installs it")
    import ibis

    with _cluster(programs) as port:
        there = ibis.postgres.connect(host="127.0.0.1", port=port, user="postgres", database="postgres")
        kinds = KINDS["postgres"]
        columns = ", ".join(
            f"{name} {kinds[kind]}" + ("" if name in flows.NULLABLE else " not null")
            for name, (kind, _) in flows.COLUMNS.items()
        )

        def put(table: pd.DataFrame, name: str):
            rows = table[list(flows.COLUMNS)].to_csv(index=False, header=False, na_rep="\\N")
            with there.con.cursor() as cursor:
                cursor.execute(f"create table {name} ({columns})")
                with cursor.copy(f"copy {name} from stdin with (format csv, null '\\N')") as sink:
                    sink.write(rows)
            there.con.commit()
            return there.table(name)

        try:
            yield put
        finally:
            there.disconnect()


def _programs() -> Path | None:
    """Folder of initdb and pg_ctl; the newest where several are installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max((path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)


@contextmanager
def _cluster(programs: Path) -> Iterator[int]:
    """Run a PostgreSQL of its own; as its own user where the tests run as root, which it refuses."""
    user = "postgres" if os.geteuid() == 0 else None
    if user and not any(one.pw_name == user for one in pwd.getpwall()):
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp())
    if user:
        shutil.chown(folder, user)
    quiet = {"check": True, "user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initdb, control = str(programs / "initdb"), str(programs / "pg_ctl")
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        subprocess.run([initdb, "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8"], **quiet)
        subprocess.run([control, "-D", folder / "data", "-o", settings, "-l", folder / "log", "-w", "start"], **quiet)
        try:
            yield port
        finally:
            subprocess.run([control, "-D", folder / "data", "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
