#!/bin/sh
# tests.sh PROGRAM - what the program must print, and when it must refuse.
set -eu
program=$1

expect() {
  wanted=$1
  shift
  got=$("$program" "$@")
  if [ "$got" != "$wanted" ]; then
    echo "not ok: $program $* printed $got instead of $wanted" >&2
    exit 1
  fi
  echo "ok: $program $* prints $got"
}

expect 0
expect 7 7
expect 6 1 2 3
expect -1 2 -3
if "$program" two 2>/dev/null; then
  echo "not ok: $program took a word for a number" >&2
  exit 1
fi
echo "ok: $program refuses words"
