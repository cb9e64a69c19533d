#!/usr/bin/env python3
"""Synthetic neutral URL lists in every peer's own format.
usage: gen_lists.py N OUTDIR     half whole domains (domI.example), half paths (hostI.example/path/J)
Path entries spread over N/20 hosts (10 paths a host); the fixed entries used by evasion.py are added on top."""
import os, sys
n, out = int(sys.argv[1]), sys.argv[2]
os.makedirs(out, exist_ok=True)
h = n // 2
doms = [f"dom{i}.example" for i in range(h)]
urls = [f"host{i // 10}.example/path/{i}" for i in range(h)]
extra_d = ["wholedomain.example", "xn--bcher-kva.example"]
extra_u = ["host5.example/path/10", "host5.example/a/path%20b", "host5.example/q?id=7"]
D, U = doms + extra_d, urls + extra_u
def w(name, lines):
    with open(os.path.join(out, name), "w") as f:
        f.write("\n".join(lines) + "\n")
os.makedirs(os.path.join(out, "sgdb/blk"), exist_ok=True)
w("domains.txt", D); w("urls.txt", U)
w("sgdb/blk/domains", D); w("sgdb/blk/urls", U)
# haproxy: base = host + path without the query
w("haproxy_base.lst", [u.split("?")[0] for u in U])
w("native.txt", D + U)
print(n, "->", len(D), "domains", len(U), "urls")
