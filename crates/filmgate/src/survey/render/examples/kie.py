"""Orders one film and prints its link. Python 3.9 or newer, no packages; the key comes from __KEY__."""
import json
import os
import sys
import time
import urllib.parse
import urllib.request

BASE = "__BASE__"
HEADERS = {
    "Authorization": "Bearer " + os.environ["__KEY__"],
    "Content-Type": "application/json",
    "User-Agent": "film-example/1",  # some proxies turn Python's own name away
}
BODY = __BODY__


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, headers=HEADERS)
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


# If this ends without a reply, the film may be ordered and paid nevertheless: look before you order again.
try:
    created = call("__CREATE__", BODY)
except (OSError, ValueError) as error:
    sys.exit(f"no answer that can be read; the film may be ordered: {error}")
if created["code"] != 200:  # HTTP 200 alone is no success: code === 200 is
    sys.exit(f"refused: code {created['code']}, {created.get('msg')}")
task = created["data"]["taskId"]
print(f"task {task}", file=sys.stderr)

for _ in range(360):  # half an hour
    try:
        record = call("__RECORD__?taskId=" + urllib.parse.quote(task, safe=""))
    except (OSError, ValueError) as error:
        print(f"read again: {error}", file=sys.stderr)  # the film is made nevertheless
        record = {"code": None}
    if record["code"] == 200:
        data = record["data"]
        if __PY_DONE__:
            print(__PY_LINK__)
            sys.exit(0)
        if __PY_FAILED__:
            sys.exit(f"failed: {data}")
    time.sleep(5)
sys.exit(f"not finished after half an hour; task {task} may still end")
