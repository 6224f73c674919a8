#!/usr/bin/env bash
# Install what `make test-all` needs beside Python packages: a browser to look at the page, Java for PySpark.
set -euo pipefail
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
need=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need+=(chromium)
command -v java >/dev/null || need+=(default-jre-headless)
[ ${#need[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "Install these by hand, then run make test-all again: ${need[*]}" >&2
  exit 2
fi
as_root apt-get update -qq
as_root apt-get install -y -qq "${need[@]}"
