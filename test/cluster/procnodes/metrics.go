package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"k8s.io/klog/v2"
)

// containerUsage is measured on the real processes of a container.
type containerUsage struct {
	cores float64
	rss   int64
	ticks uint64
	at    time.Time
	proc  *process
}

// sampleUsage measures every 2 s, and enforces memory limits: over the limit is OOMKilled, as with a cgroup.
func (m *Manager) sampleUsage(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(2 * time.Second):
		}
		byProc := map[*process]*Container{}
		var procs []*process
		for _, p := range m.all() {
			for _, c := range p.containers {
				if pr := c.current(); pr != nil {
					byProc[pr] = c
					procs = append(procs, pr)
				}
			}
		}
		now := time.Now()
		next := map[string]containerUsage{}
		seen := usageByContainer(procs)
		m.usageMu.Lock()
		for pr, u := range seen {
			c := byProc[pr]
			k := c.p.ns + "/" + c.p.name + "/" + c.spec.Name
			n := containerUsage{rss: u.rss, ticks: u.ticks, at: now, proc: pr}
			if old, ok := m.usage[k]; ok && old.proc == pr && u.ticks >= old.ticks {
				n.cores = float64(u.ticks-old.ticks) / 100 / now.Sub(old.at).Seconds()
			}
			next[k] = n
		}
		m.usage = next
		m.usageMu.Unlock()
		for pr, u := range seen {
			c := byProc[pr]
			c.p.mu.Lock()
			a := c.p.allocated[c.spec.Name]
			limit := a.Limits.Memory().Value()
			c.p.mu.Unlock()
			if limit > 0 && u.rss > limit {
				c.kill("OOMKilled")
			}
		}
	}
}

// serveMetrics imitates dcgm-exporter. The numbers are SIMULATED: utilisation from the container's real CPU use (one
// busy core per GPU = 100 %), memory from its real resident set times 16.
func (m *Manager) serveMetrics(l net.Listener) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprint(w, m.dcgm())
	})
	klog.ErrorS(http.Serve(l, mux), "metrics endpoint ended")
}

func (m *Manager) dcgm() string {
	type sample struct {
		labels                 string
		util, used, free, watt float64
	}
	var samples []sample
	m.usageMu.Lock()
	defer m.usageMu.Unlock()
	for _, n := range m.nodes {
		owner := map[int]*Container{}
		for _, p := range m.all() {
			if p.node != n || p.finished() {
				continue
			}
			for _, c := range p.containers {
				for _, g := range p.gpus[c.spec.Name] {
					owner[g] = c
				}
			}
		}
		for i := range n.gpus {
			l := fmt.Sprintf(`gpu="%d",UUID="%s",device="nvidia%d",modelName=%q,Hostname=%q`, i, n.gpuUUID(i), i, n.cfg.GPUModel, n.cfg.Name)
			total := float64(n.cfg.GPUMemMiB)
			s := sample{used: 4, watt: 70}
			if c := owner[i]; c != nil {
				l += fmt.Sprintf(`,pod=%q,namespace=%q,container=%q`, c.p.name, c.p.ns, c.spec.Name)
				u := m.usage[c.p.ns+"/"+c.p.name+"/"+c.spec.Name]
				k := float64(len(c.p.gpus[c.spec.Name]))
				s.util = min(100, 100*u.cores/k)
				s.used = min(total*0.99, 450+float64(u.rss)/(1<<20)*16/k)
				s.watt = 70 + 6*s.util
			}
			s.labels, s.free = l, total-s.used
			samples = append(samples, s)
		}
	}
	var b strings.Builder
	put := func(name, help string, get func(sample) float64) {
		fmt.Fprintf(&b, "# HELP %s %s SIMULATED by the test cluster from CPU use and RSS of the container's processes.\n# TYPE %s gauge\n", name, help, name)
		for _, s := range samples {
			fmt.Fprintf(&b, "%s{%s} %.0f\n", name, s.labels, get(s))
		}
	}
	put("DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %).", func(s sample) float64 { return s.util })
	put("DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB).", func(s sample) float64 { return s.used })
	put("DCGM_FI_DEV_FB_FREE", "Framebuffer memory free (in MiB).", func(s sample) float64 { return s.free })
	put("DCGM_FI_DEV_POWER_USAGE", "Power draw (in W).", func(s sample) float64 { return s.watt })
	return b.String()
}
