#!/usr/bin/env bash
# Install the engines beyond one machine that `make test-all` asks: Spark with Java, ClickHouse, PostgreSQL, and Ibis.
set -euo pipefail
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
here="$(cd "$(dirname "$0")/.." && pwd)"
python="${VENV:-$here/.venv}/bin/python"
need=()
command -v java >/dev/null || need+=(default-jre-headless)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || need+=(postgresql)
if [ ${#need[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "Install these by hand, then run make test-all again: ${need[*]}" >&2
    exit 2
  fi
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
echo "Installing Spark, Ibis and ClickHouse's engine (about 1 GB, once) ..." >&2
"$python" -m pip install --quiet --disable-pip-version-check \
  --constraint "$here/constraints.txt" --constraint "$here/constraints-engines.txt" \
  pyspark 'ibis-framework[clickhouse,postgres]' chdb
