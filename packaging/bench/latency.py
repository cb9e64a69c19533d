#!/usr/bin/env python3
"""Latency at half load: each peer at half of what it can do (RATE=n: all at n a second), and the origin directly at the same rate.
usage: latency.py KIND ROUNDS SECS peer [peer...]"""
import json, statistics as st, sys
from peers import *
from throughput import wrk, extra_of
CONNS, RATE = 64, float(os.environ.get("RATE", "0"))
def rate(r): return r["requests"] / (r["dur_us"] / 1e6)
def at(per_second, port, kind, nm, secs, direct):
    think = str(max(1, round(CONNS * 1e3 / per_second)))
    return wrk(port, kind, listof(nm), secs, direct, CONNS, {**extra_of("direct" if direct else nm), "THINK": think})
if __name__ == "__main__":
    kind, rounds, secs, names = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    ng = nginx(); up = {}; added = {}
    try:
        for nm in names: up[nm] = PEERS[nm]()
        for nm in names:
            if nm.startswith("tidegate"): wrk(up[nm].port, kind, listof(nm), int(os.environ.get("PREWARM", "10")))
        for rd in range(rounds):
            for nm in names:
                most = rate(wrk(up[nm].port, kind, listof(nm), 3, extra=extra_of(nm)))
                half = RATE or most / 2
                by = at(half, up[nm].port, kind, nm, secs, False)
                direct = at(half, 80, kind, nm, secs, True)
                ms = lambda r, q: round(r[q] / 1e3, 2)
                added.setdefault(nm, []).append(ms(by, "p99") - ms(direct, "p99"))
                print(json.dumps(dict(peer=nm, kind=kind, round=rd, most=round(most), rate=round(rate(by)), direct_rate=round(rate(direct)), p50=ms(by, "p50"), p99=ms(by, "p99"),
                                      direct_p50=ms(direct, "p50"), direct_p99=ms(direct, "p99"), added_p99=round(added[nm][-1], 2))), flush=True)
        for nm in names: print(f"{nm}: p99 added {st.median(added[nm]):.2f} ms, median of {rounds}")
    finally:
        for p in list(up.values()) + [ng]: p.stop()
