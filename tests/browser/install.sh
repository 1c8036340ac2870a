#!/bin/sh
# What the browser tests need, where it can be had: Debian's chromium and Chinese fonts. Says so and goes on where it cannot.
set -u
if command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi "cjk"; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "chromium cannot be installed here (not root, or no apt-get): browser tests will be skipped"
    exit 0
fi
{ apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } >/dev/null 2>&1 || echo "chromium could not be installed: browser tests will be skipped"
