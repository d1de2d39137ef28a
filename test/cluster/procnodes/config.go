package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
)

// Config is the configuration file.
type Config struct {
	Kubeconfig    string `json:"kubeconfig"`
	StateDir      string `json:"stateDir"`
	HostPathDir   string `json:"hostPathDir"`   // hostPath volumes lie below this folder
	Listen        string `json:"listen"`        // kubelet endpoint of all nodes, loopback only
	MetricsListen string `json:"metricsListen"` // plain HTTP, DCGM-like metrics
	TLSCert       string `json:"tlsCert"`
	TLSKey        string `json:"tlsKey"`

	Nodes  []NodeConfig  `json:"nodes"`
	Images []ImageConfig `json:"images"`

	// Isolation: "auto" (default), "overlay" or "none".
	Isolation string `json:"isolation"`
	// First and longest delay of CrashLoopBackOff and ImagePullBackOff (kubelet: 10 s and 300 s).
	BackoffSeconds    float64 `json:"backoffSeconds"`
	BackoffMaxSeconds float64 `json:"backoffMaxSeconds"`
}

// NodeConfig describes one node.
type NodeConfig struct {
	Name        string            `json:"name"`
	Labels      map[string]string `json:"labels"`
	Taints      []v1.Taint        `json:"taints"`
	Cordoned    bool              `json:"cordoned"`
	Allocatable map[string]string `json:"allocatable"`
	GPUModel    string            `json:"gpuModel"`
	GPUMemMiB   int64             `json:"gpuMemoryMiB"`
}

// ImageConfig says what an image with this prefix means here; the longest matching prefix wins.
type ImageConfig struct {
	Prefix     string            `json:"prefix"`
	PullError  string            `json:"pullError"`  // set: the image cannot be pulled
	PullMillis int               `json:"pullMillis"` // how long a pull takes
	Entrypoint []string          `json:"entrypoint"` // as in the image, replaced by container.command
	Cmd        []string          `json:"cmd"`        // as in the image, replaced by container.args
	Env        map[string]string `json:"env"`        // as in the image
	PathPrefix string            `json:"pathPrefix"` // put before PATH: the "contents" of the image
}

func loadConfig(file string) (*Config, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c := &Config{Listen: "127.0.0.1:0", MetricsListen: "127.0.0.1:0", Isolation: "auto", BackoffSeconds: 10, BackoffMaxSeconds: 300}
	if err := json.Unmarshal(b, c); err != nil {
		return nil, err
	}
	if c.StateDir, err = filepath.Abs(c.StateDir); err != nil {
		return nil, err
	}
	if c.HostPathDir == "" {
		c.HostPathDir = filepath.Join(c.StateDir, "hostpath")
	}
	return c, os.MkdirAll(c.StateDir, 0o755)
}

// image returns the entry with the longest matching prefix (a zero entry if none matches).
func (c *Config) image(ref string) ImageConfig {
	best, n := ImageConfig{}, -1
	for _, i := range c.Images {
		if strings.HasPrefix(ref, i.Prefix) && len(i.Prefix) > n {
			best, n = i, len(i.Prefix)
		}
	}
	return best
}

// backoff is the delay before attempt n (n = 1, 2, ...) in kubelet's fashion: doubled, with a cap.
func (c *Config) backoff(n int) time.Duration {
	d := c.BackoffSeconds
	for ; n > 1 && d < c.BackoffMaxSeconds; n-- {
		d *= 2
	}
	return time.Duration(min(d, c.BackoffMaxSeconds) * float64(time.Second))
}

// ownAddresses: each pod gets its own loopback address. Linux answers on all of 127.0.0.0/8 without
// set-up; other systems only on 127.0.0.1.
const ownAddresses = runtime.GOOS == "linux"
