#!/usr/bin/env bash
# Install what `make test-all` needs beside Python packages: a browser and axe to look at the page, Java for PySpark.
set -euo pipefail
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
need=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need+=(chromium)
command -v java >/dev/null || need+=(default-jre-headless)
axe="${VENV:-.venv}/axe"
[ -d "$axe/node_modules/axe-core" ] || command -v npm >/dev/null || need+=(npm)
if [ ${#need[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "Install these by hand, then run make test-all again: ${need[*]}" >&2
    exit 2
  fi
  as_root apt-get update -qq
  as_root apt-get install -y -qq "${need[@]}"
fi
[ -d "$axe/node_modules/axe-core" ] || npm install --silent --no-fund --no-audit --prefix "$axe" axe-core@4
