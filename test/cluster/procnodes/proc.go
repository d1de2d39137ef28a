package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Isolation of a container on Linux ("overlay"): own mount, PID and UTS namespaces; the root file system is an overlay
// with the host's / as the read-only "image" and a fresh writable layer per run of the container; volumes are bind
// mounts. It needs root, or a kernel that gives users namespaces of their own. There is no network namespace: a pod has
// its own loopback address instead. Elsewhere ("none"): own process group, own directory, volumes only as links below it.
var isolationMode = "none"

func isolated() bool { return isolationMode == "overlay" }

func layersDir(cfg *Config) string { return filepath.Join(cfg.StateDir, "layers") }

// initSpec is what the first process of a container needs to know.
type initSpec struct {
	Layer    string   `json:"layer"` // directory for upper, work and merged
	Hostname string   `json:"hostname"`
	Mounts   []mount  `json:"mounts"`
	Cwd      string   `json:"cwd"`
	Argv     []string `json:"argv"`
}

// process is a running container or exec.
type process struct {
	cmd     *exec.Cmd
	pid     int
	started time.Time
	pidns   uint64 // inode of its PID namespace, 0 if not its own
}

func lookPath(name string, env []string) (string, error) {
	if strings.Contains(name, "/") {
		if _, err := os.Stat(name); err != nil {
			return "", fmt.Errorf("exec: %q: stat %s: no such file or directory", name, name)
		}
		return name, nil
	}
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, "PATH="); ok {
			for _, d := range filepath.SplitList(v) {
				f := filepath.Join(d, name)
				if st, err := os.Stat(f); err == nil && !st.IsDir() && st.Mode()&0o111 != 0 {
					return f, nil
				}
			}
		}
	}
	return "", fmt.Errorf("exec: %q: executable file not found in $PATH", name)
}

// wait returns the exit code. Where there is no PID namespace, what the program left running ends with it.
func (p *process) wait() int {
	_ = p.cmd.Wait()
	if p.pidns == 0 {
		_ = syscall.Kill(-p.pid, syscall.SIGKILL)
	}
	return exitCode(p.cmd.ProcessState)
}

// exitCode counts as a shell and containerd do: 128 + signal.
func exitCode(s *os.ProcessState) int {
	if ws, ok := s.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return 128 + int(ws.Signal())
	}
	return s.ExitCode()
}

// usage is CPU time (clock ticks of 10 ms) and resident memory of a container's processes.
type usage struct {
	ticks uint64
	rss   int64
	pids  []int
}

// enterPlain is the command for an exec into a container that has no namespaces of its own.
func enterPlain(argv, env []string, cwd string) (*exec.Cmd, error) {
	bin, err := lookPath(argv[0], env)
	if err != nil {
		return nil, err
	}
	return &exec.Cmd{Path: bin, Args: argv, Env: env, Dir: cwd}, nil
}
