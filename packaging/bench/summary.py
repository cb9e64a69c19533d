#!/usr/bin/env python3
"""Medians per peer and kind from throughput.py's JSON lines. usage: summarize.py FILE..."""
import json, statistics as st, sys
rows = [json.loads(l) for f in sys.argv[1:] for l in open(f)]
rows = [r for r in rows if not r.get("noisy")]
keys = []
for r in rows:
    k = (r["kind"], r["peer"])
    if k not in keys: keys.append(k)
print("| body | peer | n | req/s median (min-max) | CPU us/req median (min-max) | p50 ms | p99 ms | max ms (worst) | PSS MB | others' CPU s per run |"); print("|---|---|---|---|---|---|---|---|---|---|")
for k in keys:
    g = [r for r in rows if (r["kind"], r["peer"]) == k]
    f = lambda n, m=1: [x[n] * m for x in g]
    c = f("cpu_ms_per_req", 1e3)
    print(f"| {k[0]} | {k[1]} | {len(g)} | {st.median(f('rps')):.0f} ({min(f('rps')):.0f}-{max(f('rps')):.0f}) | {st.median(c):.1f} ({min(c):.1f}-{max(c):.1f}) | {st.median(f('p50'))/1e3:.2f} | {st.median(f('p99'))/1e3:.1f} | {max(f('max'))/1e3:.0f} | {st.median(f('pss')):.0f} | {min(f('foreign_cpu')):.0f}-{max(f('foreign_cpu')):.0f} |")
