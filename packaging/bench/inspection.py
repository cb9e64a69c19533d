#!/usr/bin/env python3
"""New connections under TLS inspection: CONNECT, handshake, one body of 64 KiB, close. usage: inspection.py ROUNDS SECS peer..."""
import json, multiprocessing, socket, ssl, sys, time
from peers import *
CLIENTS, BODY = 4, 65536
def one(port, host):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT); c.check_hostname = False; c.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), 10) as s:
        s.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode()); h = b""
        while b"\r\n\r\n" not in h:
            x = s.recv(4096)
            if not x: raise OSError("no answer")
            h += x
        with c.wrap_socket(s, server_hostname=host) as t:
            if t.getpeercert(True) == ORIGIN: raise OSError("not inspected")
            t.sendall(f"GET /64k/{time.time_ns()} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()); n = 0
            while True:
                x = t.recv(65536)
                if not x: break
                n += len(x)
            if n < BODY: raise OSError(f"{n} bytes")
def client(port, secs, out):
    n = e = i = 0; end = time.time() + secs
    while time.time() < end:
        try: one(port, f"ok{i % 20}.test"); n += 1
        except OSError as x: e += 1; print("error", x, file=sys.stderr) if e == 1 else None
        i += 1
    out.put((n, e))
def load(port, secs):
    q = multiprocessing.Queue(); ps = [multiprocessing.Process(target=client, args=(port, secs, q)) for _ in range(CLIENTS)]
    for p in ps: p.start()
    r = [q.get() for _ in ps]
    for p in ps: p.join()
    return sum(n for n, _ in r), sum(e for _, e in r)
if __name__ == "__main__":
    ng = nginx(); up = {}; ORIGIN = ssl.PEM_cert_to_DER_cert(open(f"{WORK}/origin.pem").read())
    try:
        for nm in sys.argv[3:]: up[nm] = PEERS[nm]()
        ports = {nm: p.port + (1000 if nm == "squid-bump" else 0) for nm, p in up.items()}
        for nm in up: load(ports[nm], 12 if nm.startswith("tidegate") else 2)
        for rd in range(int(sys.argv[1])):
            for nm, p in up.items():
                c0 = p.cpu(); n, e = load(ports[nm], int(sys.argv[2])); c = p.cpu() - c0
                print(json.dumps(dict(peer=nm, round=rd, connections=n, errors=e, cpu_ms_each=round(c * 1e3 / max(1, n), 3), rss=round(p.mem()[0]))), flush=True)
    finally:
        for p in list(up.values()) + [ng]: p.stop()
