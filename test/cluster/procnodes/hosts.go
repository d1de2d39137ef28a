package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/labels"
)

func (p *Pod) writeHosts(pods []*Pod) {
	if p.finished() || !isolated() {
		return
	}
	// written in place: the file is bind-mounted, a new file under its name would not be seen
	f, err := os.OpenFile(filepath.Join(p.dir, "hosts"), os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer f.Close()
	text := p.m.hostsFor(p, pods)
	if _, err := f.WriteAt([]byte(text), 0); err == nil {
		_ = f.Truncate(int64(len(text)))
	}
}

// pokeDNS says that pods or Services changed.
func (m *Manager) pokeDNS() {
	select {
	case m.wakeDNS <- struct{}{}:
	default:
	}
}

// runDNS keeps the hosts file of each pod up to date: names of headless Services' pods, of Services, of itself. It
// stands for cluster DNS.
func (m *Manager) runDNS(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.wakeDNS:
		}
		pods := m.all()
		for _, p := range pods {
			p.writeHosts(pods)
		}
	}
}

// hostsFor returns the lines that a pod in namespace ns needs.
func (m *Manager) hostsFor(self *Pod, pods []*Pod) string {
	var b strings.Builder
	b.WriteString("# written by procnodes\n127.0.0.1 localhost\n::1 localhost ip6-localhost\n")
	fmt.Fprintf(&b, "%s %s\n", self.ip, self.hostname())
	if !m.synced() {
		return b.String()
	}
	svcs, _ := m.services.List(labels.Everything())
	line := func(ip, host, ns string) {
		names := []string{host + "." + ns + ".svc.cluster.local", host + "." + ns + ".svc", host + "." + ns}
		if ns == self.ns {
			names = append(names, host)
		}
		fmt.Fprintf(&b, "%s %s\n", ip, strings.Join(names, " "))
	}
	for _, s := range svcs {
		if len(s.Spec.Selector) == 0 {
			continue
		}
		for _, p := range pods {
			obj := p.object()
			if p.ns != s.Namespace || !matches(s.Spec.Selector, obj.Labels) || p.finished() || p.ip == "" {
				continue
			}
			if !s.Spec.PublishNotReadyAddresses && !p.isReady() {
				continue
			}
			if obj.Spec.Subdomain == s.Name && obj.Spec.Hostname != "" {
				line(p.ip, obj.Spec.Hostname+"."+s.Name, p.ns)
			}
			line(p.ip, s.Name, p.ns) // also a ClusterIP Service: straight to a pod, so port must equal targetPort
		}
	}
	return b.String()
}

func matches(selector, labels map[string]string) bool {
	for k, v := range selector {
		if labels[k] != v {
			return false
		}
	}
	return true
}
