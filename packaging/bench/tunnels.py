#!/usr/bin/env python3
"""CONNECT tunnel bulk throughput. TLS to the origin inside, as browsers do. usage: tunnels.py ROUNDS peer... ; peers: direct haproxy-tcp squid tidegate-1m"""
import json, signal, socket, ssl, sys, threading, time, os
from peers import *
CONNS, EACH, WARM = 4, 256 << 20, int(os.environ.get("WARM", "3"))
CLIENT = ssl._create_unverified_context()
def one(port, connect, res):
    s = socket.create_connection(("127.0.0.1", port)); buf = bytearray(1 << 20)
    if connect:
        s.sendall(b"CONNECT ok1.test:443 HTTP/1.1\r\nHost: ok1.test:443\r\n\r\n"); h = b""
        while b"\r\n\r\n" not in h:
            x = s.recv(1)
            if not x: res.append(-1); return
            h += x
        if b" 200" not in h.split(b"\r\n")[0]: res.append(-1); return
    s = CLIENT.wrap_socket(s, server_hostname="ok1.test")
    s.sendall(b"GET /big HTTP/1.1\r\nHost: ok1.test\r\nConnection: close\r\n\r\n"); n = 0
    while True:
        k = s.recv_into(buf)
        if not k: break
        n += k
    res.append(n); s.close()
def go(port, connect):
    res = []; ts = [threading.Thread(target=one, args=(port, connect, res)) for _ in range(CONNS)]; t = time.time()
    for x in ts: x.start()
    for x in ts: x.join()
    return time.time() - t, res
ng = nginx(); up = {}
try:
    for nm in sys.argv[2:]:
        if nm == "direct": continue
        up[nm] = PEERS[nm]()
    for rd in range(-WARM, int(sys.argv[1])):
        for nm in sys.argv[2:]:
            p = up.get(nm); c0 = p.cpu() if p else 0
            s0 = open("/proc/stat").readline().split()
            el, res = go(p.port if p else 443, bool(p) and nm != "haproxy-tcp")
            c = (p.cpu() if p else 0) - c0; gb = sum(x for x in res if x > 0) / 1e9
            ok = all(x >= EACH for x in res)
            print(json.dumps(dict(peer=nm, round=rd, mb_s=round(gb * 1e3 / el), cpu_s_gb=round(c / gb, 3) if gb else None, gb=round(gb, 2), ok=ok, short=[EACH - x for x in res if x < EACH], rss=round(p.mem()[0]) if p else 0)), flush=True)
finally:
    for p in list(up.values()) + [ng]: p.stop()
