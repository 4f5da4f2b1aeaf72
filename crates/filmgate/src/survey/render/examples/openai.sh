#!/bin/sh
# Orders one film and prints its link. Needs curl; the key comes from __KEY__ and may be empty where the engine has none.
set -eu
key=${__KEY__:-}
base=__BASE__

call() { curl -sS --max-time 60 -H "Authorization: Bearer $key" "$@"; }
# The first value of a member in the reply.
member() { printf '%s' "$reply" | grep -o "\"$1\" *: *\"\{0,1\}[^\",}]*" | head -n 1 | sed 's/^[^:]*: *"\{0,1\}//'; }

# If this ends without a reply, the film may be ordered and paid nevertheless: look before you order again.
reply=$(call -w '\nHTTP %{http_code}' \
  __FORM__ \
  "$base/videos")
case $reply in
  *'HTTP 200' | *'HTTP 201' | *'HTTP 202') ;; # the only successes
  *)
    echo "refused: $reply" >&2
    exit 1
    ;;
esac
id=$(member id)
echo "id $id" >&2
film=$base/videos/$(printf '%s' "$id" | sed 's|/|%2F|g; s|+|%2B|g; s|=|%3D|g') # some engines' ids are base64

tries=0
while [ "$tries" -lt 360 ]; do # half an hour
  # A read may fail now and then; the film is made nevertheless.
  reply=$(call "$film") || reply=
  case $(member status) in
    completed)
      echo "$film/content" # read it with the same key
      exit 0
      ;;
    failed | cancelled)
      echo "failed: $reply" >&2
      exit 1
      ;;
  esac
  tries=$((tries + 1))
  sleep 5
done
echo "not finished after half an hour; $id may still end: $reply" >&2
exit 1
