#!/bin/sh
# The browser tests need Chromium, the Spark tests a Java runtime. Installs what is missing where that is possible;
# elsewhere those tests are skipped and say so.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing$missing"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing fonts-dejavu-core >/dev/null
else
    echo "not installed:$missing (their tests will be skipped)"
fi
