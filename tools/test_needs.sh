#!/bin/sh
# Bring what the tests need beside Python: a browser, PostgreSQL, a Chinese font, a virus scanner, and Node.js
# with a provider of identities. As root on Debian they are installed; elsewhere one line says what is missing,
# and the run stops; only what needs Node.js is skipped where it cannot be had.
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

can_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

bring_provider() {
  command -v npm >/dev/null && cd tests/support/oidc || return
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  echo "make test: installing the provider of identities"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch node_modules/.package-lock.json
}

missing=
has_browser || missing="$missing chromium"
has_postgresql || missing="$missing postgresql"
has_chinese_font || missing="$missing fonts-noto-cjk fontconfig"
has_scanner || missing="$missing clamav-daemon"
can_install && ! command -v npm >/dev/null && missing="$missing nodejs npm"

if [ -n "$missing" ]; then
  if ! can_install; then
    echo "make test needs:$missing. On Debian or Ubuntu: sudo apt-get install$missing" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  for package in $missing; do
    echo "make test: installing $package"
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null
  done
fi
bring_provider || echo "make test: npm brings no provider of identities; its tests will be skipped" >&2
