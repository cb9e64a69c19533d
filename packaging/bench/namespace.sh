#!/bin/bash
# Starts a holder process with its own loopback-only network namespace and its own /etc/hosts, prints its pid.
# usage: namespace.sh WORKDIR ; then: nsenter -t "$(cat WORKDIR/ns.pid)" -n -m -- bash -c '...'
W=${1:?workdir}; mkdir -p "$W"
{ echo "127.0.0.1 localhost"; for i in $(seq 0 19); do echo "127.0.0.1 ok$i.test"; done
  for h in host0.example host5.example wholedomain.example sub.wholedomain.example xn--bcher-kva.example; do echo "127.0.0.1 $h"; done
} > "$W/hosts"
setsid unshare -n -m bash -c "ip link set lo up; mount --bind '$W/hosts' /etc/hosts; sysctl -qw net.ipv4.ip_local_port_range='1024 65535' net.ipv4.tcp_tw_reuse=1 net.core.somaxconn=4096; echo \$\$ > '$W/ns.pid'; exec sleep 14400" >/dev/null 2>&1 < /dev/null &
sleep 1; cat "$W/ns.pid"
