//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// usageByContainer reads /proc once. Key: PID namespace inode, or the root pid for plain processes.
func usageByContainer(procs []*process) map[*process]usage {
	out := map[*process]usage{}
	byNS, bySession := map[uint64]*process{}, map[int]*process{}
	for _, p := range procs {
		if p.pidns != 0 {
			byNS[p.pidns] = p
		} else {
			bySession[p.pid] = p
		}
	}
	page := int64(os.Getpagesize())
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		b, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue
		}
		f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		if len(f) < 22 {
			continue
		}
		session, _ := strconv.Atoi(f[3])
		owner := bySession[session]
		if owner == nil && len(byNS) > 0 {
			if st, err := os.Stat("/proc/" + e.Name() + "/ns/pid"); err == nil {
				owner = byNS[st.Sys().(*syscall.Stat_t).Ino]
			}
		}
		if owner == nil {
			continue
		}
		u, _ := strconv.ParseUint(f[11], 10, 64)
		s, _ := strconv.ParseUint(f[12], 10, 64)
		rss, _ := strconv.ParseInt(f[21], 10, 64)
		o := out[owner]
		o.ticks += u + s
		o.rss += rss * page
		o.pids = append(o.pids, pid)
		out[owner] = o
	}
	return out
}

// listenAddr finds the address on which one of these processes listens on port: port-forward must not
// reach another pod's (or the host's) server that happens to use the same port.
func listenAddr(pids []int, port int32) string {
	addrs := map[string]string{} // socket inode -> address
	for _, file := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		b, _ := os.ReadFile(file)
		for _, line := range strings.Split(string(b), "\n") {
			f := strings.Fields(line)
			if len(f) < 10 || f[3] != "0A" {
				continue
			}
			host, hexPort, _ := strings.Cut(f[1], ":")
			if n, _ := strconv.ParseInt(hexPort, 16, 32); int32(n) != port {
				continue
			}
			ip := "127.0.0.1" // any address, or IPv6 any
			if len(host) == 8 && host != "00000000" {
				v, _ := strconv.ParseUint(host, 16, 32)
				ip = fmt.Sprintf("%d.%d.%d.%d", v&255, v>>8&255, v>>16&255, v>>24&255)
			} else if len(host) == 32 && host == "00000000000000000000000001000000" {
				ip = "::1"
			}
			addrs[f[9]] = ip
		}
	}
	if len(addrs) == 0 {
		return ""
	}
	for _, pid := range pids {
		dir := fmt.Sprintf("/proc/%d/fd", pid)
		fds, _ := os.ReadDir(dir)
		for _, fd := range fds {
			l, _ := os.Readlink(filepath.Join(dir, fd.Name()))
			if ino, ok := strings.CutPrefix(l, "socket:["); ok {
				if ip, ok := addrs[strings.TrimSuffix(ino, "]")]; ok {
					return ip
				}
			}
		}
	}
	return ""
}
