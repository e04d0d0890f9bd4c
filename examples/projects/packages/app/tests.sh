#!/bin/sh
# tests.sh PROGRAM - what the program must print.
set -eu
got=$("$1" Ada)
[ "$got" = "Hello, Ada!" ] || {
  echo "not ok: $1 printed $got instead of Hello, Ada!" >&2
  exit 1
}
echo "ok: $1 prints $got"
