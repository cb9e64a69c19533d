"""Peer definitions: writes each proxy's configuration under WORK and starts/stops it. Every process is stopped by its own pid."""
import os, shutil, signal, subprocess, time, socket, urllib.request, re
HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.environ["BENCH_DIR"]
J17 = os.environ.get("JDK17")
J25 = os.environ.get("JDK25")
TICK = os.sysconf("SC_CLK_TCK")

def w(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f: f.write(text)
    return path
def lists(n): return f"{WORK}/lists/{n}"
def port_open(p):
    s = socket.socket(); s.settimeout(0.3)
    try: s.connect(("127.0.0.1", p)); return True
    except OSError: return False
    finally: s.close()

def alive(pid):
    try: return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError: return False

class Proc:
    def __init__(self, name, cmds, port, ready=None, timeout=45):
        self.name, self.port, self.ps = name, port, []
        if port_open(port): raise RuntimeError(f"port {port} is taken")
        t0 = time.time(); log = open(f"{WORK}/log/{name}.log", "ab")
        for c in cmds:
            self.ps.append(subprocess.Popen(c, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd=WORK))
        while time.time() - t0 < timeout:
            if port_open(port) and (ready is None or ready()): break
            if any(p.poll() not in (None, 0) for p in self.ps): self.stop(); raise RuntimeError(f"{name} exited; see log")
            time.sleep(0.01)
        else: self.stop(); raise RuntimeError(f"{name} not ready")
        self.start_s = time.time() - t0
    def tree(self):
        kids = {}
        for d in os.listdir("/proc"):
            if d.isdigit():
                try: st = open(f"/proc/{d}/stat").read()
                except OSError: continue
                ppid = int(st[st.rindex(")") + 2:].split()[1]); kids.setdefault(ppid, []).append(int(d))
        out, todo = [], [p.pid for p in self.ps if p.poll() is None]
        while todo:
            x = todo.pop(); out.append(x); todo += kids.get(x, [])
        return out
    def cpu(self):
        t = 0
        for p in self.tree():
            try: st = open(f"/proc/{p}/stat").read()
            except OSError: continue
            f = st[st.rindex(")") + 2:].split(); t += int(f[11]) + int(f[12])
        return t / TICK
    def mem(self):
        rss = pss = 0
        for p in self.tree():
            try:
                for l in open(f"/proc/{p}/smaps_rollup"):
                    if l.startswith("Rss:"): rss += int(l.split()[1])
                    elif l.startswith("Pss:"): pss += int(l.split()[1])
            except OSError: pass
        return rss / 1024, pss / 1024
    def stop(self):
        pids = self.tree()
        for p in self.ps:
            if p.poll() is None: p.send_signal(signal.SIGTERM)
        t0 = time.time()
        while time.time() - t0 < 3 and any(alive(x) for x in pids):
            for p in self.ps: p.poll()
            time.sleep(0.05)
        for x in pids:
            try: os.kill(x, signal.SIGKILL)
            except OSError: pass
        for p in self.ps: p.wait()

def get(port, target, host=None, timeout=5):
    """raw absolute-form GET -> (status, location, body head)"""
    if host is None:
        host = re.sub(r"^https?://", "", target).split("/")[0].split("?")[0].split("@")[-1]
    s = socket.create_connection(("127.0.0.1", port), timeout); s.settimeout(timeout)
    s.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: probe\r\nConnection: close\r\n\r\n".encode("latin1"))
    b = b""
    try:
        while len(b) < 65536:
            x = s.recv(65536)
            if not x: break
            b += x
    except OSError: pass
    s.close()
    h = b.split(b"\r\n\r\n")[0].decode("latin1")
    try: st = int(h.split()[1])
    except Exception: st = 0
    loc = re.search(r"(?im)^location:\s*(\S+)", h)
    org = "x-origin: 1" in h.lower()
    return st, (loc.group(1) if loc else ""), org, b.split(b"\r\n\r\n", 1)[-1][:2000]

def certificate(name, kind, extension):
    if not os.path.exists(f"{WORK}/{name}.pem"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", *kind.split(), "-nodes", "-keyout", f"{WORK}/{name}.key", "-out", f"{WORK}/{name}.pem",
                        "-days", "30", "-subj", f"/CN={name} of the benchmark", "-addext", extension], check=True, stderr=subprocess.DEVNULL)

def nginx():
    certificate("origin", "rsa:2048", "subjectAltName=" + ",".join(f"DNS:ok{i}.test" for i in range(20)))
    d = f"{WORK}/www"; os.makedirs(d, exist_ok=True)
    for n, s in (("1k", 1024), ("64k", 65536), ("1m", 1 << 20)):
        w(f"{d}/{n}.html", ("0123456789abcdef" * (s // 16)))
    with open(f"{d}/big", "wb") as f: f.truncate(256 << 20)
    conf = w(f"{WORK}/nginx.conf", f"""
daemon off; master_process off; worker_processes 1; pid {WORK}/nginx.pid; error_log {WORK}/log/nginx.err crit;
worker_rlimit_nofile 60000;
events {{ worker_connections 30000; }}
http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600; sendfile on; tcp_nopush on; tcp_nodelay on; default_type text/html;
 open_file_cache max=100 inactive=600s; open_file_cache_valid 600s; merge_slashes off;
 server {{ listen 127.0.0.1:80 backlog=4096 default_server; listen 127.0.0.1:443 ssl; ssl_certificate {WORK}/origin.pem; ssl_certificate_key {WORK}/origin.key; server_name _; root {d};
  add_header X-Origin 1 always;
  location /1k/ {{ rewrite ^ /1k.html break; }} location /64k/ {{ rewrite ^ /64k.html break; }} location /1m/ {{ rewrite ^ /1m.html break; }}
  location = /stub {{ stub_status; }} location = /big {{ }} location / {{ return 200 "origin $request_uri\\n"; }} }} }}
""")
    return Proc("nginx", [["nginx", "-c", conf]], 80)

def haproxy(n, port=18101):
    conf = w(f"{WORK}/haproxy-{n}.cfg", f"""
global
  maxconn 8000
  stats socket {WORK}/haproxy-{n}.sock mode 600 level admin expose-fd listeners
defaults
  mode http
  timeout client 60s
  timeout server 60s
  timeout connect 5s
  option http-keep-alive
frontend f
  bind 127.0.0.1:{port}
  acl blocked base,lower -m str -f {lists(n)}/haproxy_base.lst
  acl blocked hdr(host),lower -m str -f {lists(n)}/domains.txt
  http-request redirect location http://127.0.0.1/splash code 302 if blocked
  default_backend b
backend b
  http-reuse always
  server o 127.0.0.1:80
""")
    return Proc(f"haproxy-{n}", [["haproxy", "-db", "-W", "-f", conf] if os.environ.get("HAP_MASTER") else ["haproxy", "-db", "-f", conf]], port)
def haproxy_tcp(port=18109):
    conf = w(f"{WORK}/haproxy-tcp.cfg", f"""
global
  maxconn 1000
defaults
  mode tcp
  timeout client 60s
  timeout server 60s
  timeout connect 5s
  option splice-auto
listen t
  bind 127.0.0.1:{port}
  server o 127.0.0.1:443
""")
    return Proc("haproxy-tcp", [["haproxy", "-db", "-f", conf]], port)

SQ = """
http_port 127.0.0.1:{port}
pid_filename {W}/squid-{tag}.pid
cache_log {W}/log/squid-{tag}-cache.log
access_log none
cache_store_log none
cache deny all
cache_mem 8 MB
http_access allow all
hosts_file /etc/hosts
dns_nameservers 127.0.0.1
coredump_dir {W}
shutdown_lifetime 1 seconds
max_filedescriptors 16384
logfile_rotate 0
netdb_filename none
visible_hostname bench.test
pinger_enable off
{extra}
"""
def _squid(tag, port, extra, pre=(), ready=None, program="squid"):
    for d in ("log",): os.makedirs(f"{WORK}/{d}", exist_ok=True); os.chmod(f"{WORK}/{d}", 0o777)
    conf = w(f"{WORK}/squid-{tag}.conf", SQ.format(port=port, W=WORK, tag=tag, extra=extra))
    return Proc(f"squid-{tag}", list(pre) + [[program, "-N", "-n", "s" + re.sub(r"\W", "", tag), "-f", conf]], port, ready)
def blocked_ready(port):
    def f():
        
        try: st, loc, org, b = get(port, "http://host5.example/path/10")
        except OSError: return False
        if get(port, "http://ok1.test/1k/x")[0] != 200: return False
        return st != 0 and not org and (b"splash" in b or "splash" in loc or st in (403, 302, 307) or b"DOCTYPE" in b[:20])
    return f
def squid_bump(port=18105):
    """Debian's squid-openssl; SQUID_OPENSSL names the directory where it was unpacked."""
    root = os.environ.get("SQUID_OPENSSL", "/"); certgen = f"{root}/usr/lib/squid/security_file_certgen"
    certificate("ca", "rsa:2048", "keyUsage=critical,keyCertSign"); db = f"{WORK}/ssl_db"
    shutil.rmtree(db, ignore_errors=True)
    subprocess.run([certgen, "-c", "-s", db, "-M", "16MB"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["chown", "-R", "proxy", db, f"{WORK}/ca.pem", f"{WORK}/ca.key"], check=True)
    return _squid("bump", port, f"""sslcrtd_program {certgen} -s {db} -M 16MB
sslcrtd_children 4 startup=2 idle=1
http_port 127.0.0.1:{port + 1000} ssl-bump tls-cert={WORK}/ca.pem tls-key={WORK}/ca.key generate-host-certificates=on dynamic_cert_mem_cache_size=16MB
tls_outgoing_options cafile={WORK}/origin.pem
acl first at_step SslBump1
ssl_bump peek first
ssl_bump bump all
""", program=f"{root}/usr/sbin/squid")
def squid(port=18102): return _squid("plain", port, "")
def sgconf(n):
    os.makedirs(f"{WORK}/sglog", exist_ok=True); os.chmod(f"{WORK}/sglog", 0o777)
    for f in os.listdir(f"{WORK}/sglog"): os.chmod(f"{WORK}/sglog/{f}", 0o666)
    return w(f"{WORK}/sg-{n}.conf", f"""dbhome {lists(n)}/sgdb
logdir {WORK}/sglog
dest blk {{
  domainlist blk/domains
  urllist blk/urls
}}
acl {{ default {{ pass !blk all
  redirect 302:http://127.0.0.1/splash }} }}
""")
def squid_sg(n, port=18103):
    c = sgconf(n)
    return _squid(f"sg-{n}", port, f"url_rewrite_program /usr/bin/squidGuard -c {c}\nurl_rewrite_children 8 startup=8 idle=8 concurrency=0 queue-size=1024\n", ready=blocked_ready(port))
def e2g(n, port=18104, icap=False, direct=True):
    d = f"{WORK}/e2g-{n}{'' if direct else 'u'}"
    if os.path.isdir(d): shutil.rmtree(d)
    shutil.copytree("/etc/e2guardian", d)
    for r, _, fs in os.walk(d):
        for f in fs:
            p = os.path.join(r, f)
            try: t = open(p).read()
            except Exception: continue
            if "/etc/e2guardian" in t: open(p, "w").write(t.replace("/etc/e2guardian", d))
    w(f"{d}/lists/bannedsitelist", f".Include<{lists(n)}/domains.txt>\n")
    w(f"{d}/lists/bannedurllist", f".Include<{lists(n)}/urls.txt>\n")
    for f in ("bannedphraselist", "weightedphraselist", "exceptionphraselist", "bannedextensionlist", "bannedmimetypelist", "bannedregexpurllist", "greysitelist", "exceptionsitelist"):
        w(f"{d}/lists/{f}", "")
    c = open(f"{d}/e2guardian.conf").read()
    def s(k, v):
        nonlocal c
        pat = re.compile(rf"(?m)^#?\s*{k}\s*=.*$")
        c = pat.sub(f"{k} = {v}", c, 1) if pat.search(c) else c + f"\n{k} = {v}\n"
    for k, v in (("loglevel", "0"), ("filterip", "127.0.0.1"), ("filterports", str(port)), ("nologger", "on"), ("nodaemon", "on"), ("httpworkers", "128"), ("weightedphrasemode", "0"),
                 ("phrasefiltermode", "0"), ("pidfilename", f"'{d}/pid'"), ("statlocation", f"'{d}/stats'"), ("dstatlocation", f"'{d}/dstats'"), ("loglocation", f"'{d}/access.log'"),
                 ("ipcfilename", f"'{d}/ipc'"), ("urlipcfilename", f"'{d}/urlipc'"), ("ipipcfilename", f"'{d}/ipipc'"), ("daemonuser", "'root'"), ("daemongroup", "'root'"), ("checkip", "127.0.0.1"),
                 ("transparenthttpsport", "0"), ("proxyip", "" if direct else "127.0.0.1"), ("proxyport", "18102")): s(k, v)
    if icap: s("icapport", str(icap))
    w(f"{d}/e2guardian.conf", c)
    return Proc(f"e2g-{n}", [["e2guardian", "-N", "-c", f"{d}/e2guardian.conf"]], port, blocked_ready(port))
DIST = os.environ.get("TIDEGATE", os.path.join(HERE, "../target/tidegate"))
def tidegate(port=18131, java_home=None, options="", splice="on", inspect=False):
    if not os.path.exists(f"{WORK}/list.key"):
        w(f"{WORK}/list.key", os.urandom(16).hex())
    if not os.path.exists(f"{lists('1m')}/list.tgl"):
        subprocess.run([f"{DIST}/bin/tidegate", "list", "compile", "--list", f"{lists('1m')}/native.txt", "--format", "native",
                        "--name", "bench", "--list-key", f"{WORK}/list.key", "--output", f"{lists('1m')}/list.tgl"], check=True)
    if inspect: certificate("ec", "ec -pkeyopt ec_paramgen_curve:P-256", "keyUsage=critical,keyCertSign")
    conf = w(f"{WORK}/tidegate-{port}.yaml", f"""
listeners:
  explicit: [{{address: 127.0.0.1:{port}, tls: {'inspect' if inspect else 'relay'}}}]
lists:
  - name: bench
    kind: mandatory
    source: {{file: {lists('1m')}/list.tgl, format: compiled, list-key: {WORK}/list.key}}
upstream:
  dns: [127.0.0.1]
  allow-addresses: [127.0.0.1:80, 127.0.0.1:443]
  trust: {WORK}/origin.pem
splice: {splice}
limits: {{idle: 10m}}
{f'inspection: {{certificate: {WORK}/ec.pem, key: {WORK}/ec.key}}' if inspect else ''}
""")
    home = {"JAVA_HOME": java_home} if java_home else {}
    env = [f"{k}={v}" for k, v in {**home, "TIDEGATE_JAVA_OPTS": options}.items()]
    return Proc(f"tidegate-{port}", [["env", *env, f"{DIST}/bin/tidegate", "run", "--config", conf]], port, blocked_ready(port))
PEERS = {
 "haproxy-1m": lambda: haproxy("1m", 18111), "haproxy-tcp": haproxy_tcp,
 "squid": squid, "squid+sg-1m": lambda: squid_sg("1m", 18113), "e2g-1m": lambda: e2g("1m", 18114),
 "tidegate-1m": tidegate, "squid-bump": squid_bump, "tidegate-inspect-1m": lambda: tidegate(18135, inspect=True),
 "tidegate-nosplice-1m": lambda: tidegate(18134, splice="off"),
 "tidegate-j17-1m": lambda: tidegate(18132, J17), "tidegate-j25-1m": lambda: tidegate(18133, J25),
}
def listof(name): return "1m" if name.endswith("-1m") else "10k"
