#!/usr/bin/env python3
"""What idle clients cost: N connections, each answered once and then kept. usage: idle.py N peer..."""
import json, socket, sys, time
from peers import *
PER_ADDRESS = 4000
REQUEST = b"GET http://ok1.test/1k/x HTTP/1.1\r\nHost: ok1.test\r\n\r\n"
def sockets_kb():
    for l in open("/proc/net/sockstat"):
        if l.startswith("TCP:"): return int(l.split()[-1]) * 4
def one(port, i):
    s = socket.socket(); s.bind((f"127.0.1.{1 + i // PER_ADDRESS}", 0)); s.connect(("127.0.0.1", port)); return s
if __name__ == "__main__":
    n = int(sys.argv[1]); held = []; ng = nginx(); p = None
    try:
        for nm in sys.argv[2:]:
            p = PEERS[nm](); print(nm, f"first judged request {p.start_s:.2f} s after the start, rss {p.mem()[0]:.0f} MB", flush=True)
            for i in range(2000):  # what the first requests cost once and for all
                get(p.port, "http://ok1.test/1k/x")
            m0 = p.mem()
            for i in range(n): held.append(one(p.port, i))
            time.sleep(3); m1 = p.mem()
            for s in held: s.sendall(REQUEST)
            for s in held:
                b = b""
                while not b.endswith(b"cdef"):
                    x = s.recv(65536)
                    if not x: raise SystemExit("closed")
                    b += x
            time.sleep(3); m2 = p.mem(); k = sockets_kb()
            while held: held.pop().close()
            time.sleep(3); m3 = p.mem(); p.stop(); p = None
            kb = lambda m: round((m[0] - m0[0]) * 1024 / n, 2)
            print(json.dumps(dict(peer=nm, idle=n, rss_before_mb=round(m0[0]), kb_each_connected=kb(m1), kb_each_answered=kb(m2), rss_after_mb=round(m3[0]), kernel_tcp_kb=k)), flush=True)
    finally:
        held.clear(); ng.stop()
        if p: p.stop()
