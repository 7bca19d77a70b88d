#!/bin/sh
# Bring what the tests need beside Python: a browser, PostgreSQL, a Chinese font and a virus scanner.
# As root on Debian they are installed; elsewhere one line says what is missing, and the run stops.
set -eu

has_browser() {
  [ -n "${HUIQI_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
    command -v google-chrome >/dev/null
}
has_postgresql() {
  command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}
has_chinese_font() {
  command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]
}

has_scanner() {
  command -v clamd >/dev/null || [ -x /usr/sbin/clamd ]
}

missing=
has_browser || missing="$missing chromium"
has_postgresql || missing="$missing postgresql"
has_chinese_font || missing="$missing fonts-noto-cjk fontconfig"
has_scanner || missing="$missing clamav-daemon"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "make test needs:$missing. On Debian or Ubuntu: sudo apt-get install$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for package in $missing; do
  echo "make test: installing $package"
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null
done
