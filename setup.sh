#!/usr/bin/env bash
# Installs what building Lockstep wants besides a JDK (17 or later) and Maven; with --tests, also what its tests want.
# Touches nothing that is there already. Debian and Ubuntu (apt-get) and macOS (brew).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() {
  printf 'setup: %s\n' "$*"
}

fail() {
  say "$*" >&2
  exit 1
}

has() {
  command -v "$1" > /dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    has sudo || fail "needs root to run: $*"
    sudo "$@"
  fi
}

install_packages() {
  if has apt-get; then
    say "apt-get: updating the package lists"
    as_root apt-get -qq update > /dev/null
    say "apt-get: installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@" > /dev/null
  elif has brew; then
    say "brew: installing $*"
    brew install --quiet "$@" > /dev/null
  else
    fail "found neither apt-get nor brew; please install: $*"
  fi
}

install_missing_packages() {
  local missing=()
  has wasm2c || missing+=(wabt)
  if ! has npm; then
    has apt-get && missing+=(npm) || missing+=(node)
  fi
  if ! has cc; then
    has apt-get || fail "no C compiler; on macOS, xcode-select --install brings one"
    missing+=(gcc libc6-dev)
  fi
  if $tests && ! has pg_dump; then
    has apt-get && missing+=(postgresql-client) || missing+=(libpq)
  fi
  if [ ${#missing[@]} -gt 0 ]; then
    install_packages "${missing[@]}"
  else
    say "the packages are there"
  fi
}

install_sarif_validator() {
  local folder=sarif/src/test/npm
  # A copy of the lock file says what the folder was installed from, so that a second run needs no network.
  local installed=$folder/node_modules/.installed
  if cmp -s "$folder/package-lock.json" "$installed"; then
    say "the SARIF validator is there"
    return
  fi
  say "npm: installing the SARIF validator"
  npm --prefix "$folder" ci --ignore-scripts --no-audit --no-fund --loglevel error > /dev/null
  # npm forgives a failed download: the validator is optional, as there is one for each platform.
  chmod u+x "$folder"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool || fail "npm did not bring it"
  cp "$folder/package-lock.json" "$installed"
}

case "$*" in
  "") tests=false ;;
  --tests) tests=true ;;
  *) fail "usage: ./setup.sh [--tests]" ;;
esac

install_missing_packages
if $tests; then
  install_sarif_validator
fi
