#!/usr/bin/env python3
"""Interleaved throughput/CPU comparison. Run by ./run, in a namespace of its own.
usage: throughput.py OUT.jsonl KIND ROUNDS SECS WARM peer [peer...]     (peer 'direct' = no proxy)"""
import json, os, subprocess, sys, time, urllib.request
from peers import *
NOISE = float(os.environ.get("NOISE", "0.1"))  # other processes' CPU seconds in a second
def stat_total():
    f = [int(x) for x in open("/proc/stat").readline().split()[1:9]]
    return (f[0] + f[1] + f[2]) / TICK, f[7] / TICK  # without interrupts: no process pays for them
def stub():
    t = urllib.request.build_opener(urllib.request.ProxyHandler({})).open("http://127.0.0.1/stub").read().decode()
    return int(t.split("\n")[2].split()[2])
def wrk(port, kind, n, secs, direct=False, conns=64, extra=None):
    env = dict(os.environ, KIND=kind, LISTN={"10k": "10000", "1m": "1000000"}[n], DIRECT="1" if direct else "", SEED=str(time.time_ns() % 100000), **(extra or {}))
    a = os.times()
    o = subprocess.run(["wrk", "-t1", f"-c{conns}", f"-d{secs}s", "--timeout", "10s", "-s", f"{HERE}/load.lua", f"http://127.0.0.1:{port}"], env=env, capture_output=True, text=True)
    b = os.times()
    for l in o.stdout.splitlines():
        if l.startswith("RESULT "):
            r = json.loads(l[7:]); r["wrk_cpu"] = b[2] + b[3] - a[2] - a[3]; return r
    raise RuntimeError(o.stdout + o.stderr)
def extra_of(nm):  # a peer without a list is given only resolvable hosts
    return {"NOBLOCK": "1"} if nm == "squid" or nm == "direct" else {}
def _term(*a): raise KeyboardInterrupt
def main():
    import signal; signal.signal(signal.SIGTERM, _term); signal.signal(signal.SIGINT, _term)
    out, kind, rounds, secs, warm, names = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6:]
    os.makedirs(f"{WORK}/log", exist_ok=True)
    ng = nginx(); up = {}
    try:
        for nm in names:
            if nm == "direct": continue
            try: up[nm] = PEERS[nm](); print("up", nm, f"start {up[nm].start_s:.2f}s rss/pss {up[nm].mem()}", flush=True)
            except Exception as e: print("FAILED", nm, e, flush=True)
        for nm in names:  # JIT warm-up for the JVM peers
            if nm in up and nm.startswith("tidegate"): wrk(up[nm].port, "1k", "10k", int(os.environ.get("PREWARM", "10")), extra=extra_of(nm))
        for rd in range(rounds):
            for nm in names:
              for attempt in range(3):  # a round that others disturbed is measured again
                  if nm != "direct" and nm not in up: break
                  p = up.get(nm); port = p.port if p else 80
                  wrk(port, kind, listof(nm), warm, nm == "direct", extra=extra_of(nm))
                  c0, n0, s0, q0 = (p.cpu() if p else 0), ng.cpu(), stat_total(), stub()
                  r = wrk(port, kind, listof(nm), secs, nm == "direct", extra=extra_of(nm))
                  c1, n1, s1, q1 = (p.cpu() if p else 0), ng.cpu(), stat_total(), stub()
                  r.update(peer=nm, kind=kind, round=rd, rps=r["requests"] / (r["dur_us"] / 1e6), mbps=r["bytes"] / (r["dur_us"]), cpu=c1 - c0, cpu_ms_per_req=(c1 - c0) * 1e3 / max(1, r["requests"]),
                           nginx_cpu=n1 - n0, origin_reqs=q1 - q0, foreign_cpu=(s1[0] - s0[0]) - (c1 - c0) - (n1 - n0) - r["wrk_cpu"], steal=s1[1] - s0[1],
                           start_s=p.start_s if p else 0, rss=p.mem()[0] if p else 0, pss=p.mem()[1] if p else 0)
                  noisy = r["foreign_cpu"] > NOISE * secs; r["noisy"] = noisy
                  open(out, "a").write(json.dumps(r) + "\n")
                  print(f"{rd} {nm:16s} {kind} {r['rps']:8.0f} rps cpu {r['cpu_ms_per_req']*1000:7.1f} us/req ({r['cpu']:.1f}s) p50 {r['p50']/1e3:.2f} p99 {r['p99']/1e3:.2f} max {r['max']/1e3:.1f} ms blocked {100*(1-(r['origin_reqs']-1)/max(1,r['requests'])):.2f}% err {r['e_conn']}/{r['e_read']}/{r['e_write']}/{r['e_status']}/{r['e_timeout']} foreign {r['foreign_cpu']:.2f}s steal {r['steal']:.2f} pss {r['pss']:.0f}", flush=True)
                  if not noisy: break
    finally:
        for p in list(up.values()) + [ng]: p.stop()
if __name__ == "__main__": main()
