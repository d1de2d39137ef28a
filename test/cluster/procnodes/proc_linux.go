//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// setupIsolation mounts a tmpfs for the writable layers: overlayfs refuses (ELOOP) an upper directory
// that lies inside the lower one, and the lower one is /. Under the supervisor it lies in a mount namespace of this
// program, so that it vanishes with it.
func setupIsolation(cfg *Config) (string, error) {
	if cfg.Isolation == "none" || os.Geteuid() != 0 {
		return isolationMode, nil
	}
	dir := layersDir(cfg)
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		_ = unix.Unmount(dir, unix.MNT_DETACH)
		err = unix.Mount("procnodes", dir, "tmpfs", 0, "mode=0755")
	}
	if err == nil { // try it once
		spec := initSpec{Layer: filepath.Join(dir, "probe"), Hostname: "probe", Cwd: "/", Argv: []string{"true"}}
		var pr *process
		if pr, err = startProcess(&spec, []string{"PATH=" + os.Getenv("PATH")}, io.Discard, io.Discard, nil, true); err == nil {
			if code := pr.wait(); code != 0 {
				err = fmt.Errorf("probe ended with %d", code)
			}
		}
	}
	if err == nil {
		isolationMode = "overlay"
		return isolationMode, nil
	}
	_ = unix.Unmount(dir, unix.MNT_DETACH)
	if cfg.Isolation == "overlay" {
		return "", fmt.Errorf("isolation: %w", err)
	}
	return fmt.Sprintf("none (%v)", err), nil
}

func teardownIsolation(cfg *Config) { _ = unix.Unmount(layersDir(cfg), unix.MNT_DETACH) }

// startProcess starts a container. It returns only when the program itself was executed, or failed to be.
func startProcess(spec *initSpec, env []string, stdout, stderr io.Writer, stdin *os.File, isolate bool) (*process, error) {
	if !isolate {
		return startPlain(spec, env, stdout, stderr, stdin)
	}
	if err := os.MkdirAll(spec.Layer, 0o755); err != nil {
		return nil, err
	}
	file := filepath.Join(spec.Layer, "spec.json")
	b, _ := json.Marshal(spec)
	if err := os.WriteFile(file, b, 0o600); err != nil {
		return nil, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cmd := exec.Command("/proc/self/exe", "init", file)
	cmd.Env, cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = env, stdout, stderr, []*os.File{w}
	if stdin != nil {
		cmd.Stdin = stdin
	}
	// Pdeathsig: nothing survives a crash of this program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL, Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWUTS}
	err = cmd.Start()
	w.Close()
	if err != nil {
		return nil, err
	}
	if msg, _ := io.ReadAll(r); len(msg) > 0 { // EOF without text: exec worked (close-on-exec)
		_ = cmd.Wait()
		return nil, fmt.Errorf("%s", msg)
	}
	p := &process{cmd: cmd, pid: cmd.Process.Pid, started: time.Now()}
	if st, err := os.Stat(fmt.Sprintf("/proc/%d/ns/pid", p.pid)); err == nil {
		p.pidns = st.Sys().(*syscall.Stat_t).Ino
	}
	return p, nil
}

func startPlain(spec *initSpec, env []string, stdout, stderr io.Writer, stdin *os.File) (*process, error) {
	if err := os.MkdirAll(spec.Cwd, 0o755); err != nil {
		return nil, err
	}
	bin, err := lookPath(spec.Argv[0], env)
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{Path: bin, Args: spec.Argv, Env: env, Dir: spec.Cwd, Stdout: stdout, Stderr: stderr, SysProcAttr: &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}}
	if stdin != nil {
		cmd.Stdin = stdin
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd: cmd, pid: cmd.Process.Pid, started: time.Now()}, nil
}

func (p *process) signal(s syscall.Signal) {
	if p.pidns == 0 {
		_ = syscall.Kill(-p.pid, s) // its whole process group
		return
	}
	_ = syscall.Kill(p.pid, s) // SIGKILL of PID 1 ends its whole namespace
}

// enter is the command that runs argv inside a running container.
func (p *process) enter(argv, env []string, cwd string) (*exec.Cmd, error) {
	if p.pidns == 0 {
		return enterPlain(argv, env, cwd)
	}
	// Look the program up from outside first: nsenter would only exit with 127.
	root := fmt.Sprintf("/proc/%d/root", p.pid)
	if !strings.Contains(argv[0], "/") {
		found := false
		for _, e := range env {
			if v, ok := strings.CutPrefix(e, "PATH="); ok {
				for _, d := range filepath.SplitList(v) {
					if _, err := os.Lstat(filepath.Join(root, d, argv[0])); err == nil {
						found = true
					}
				}
			}
		}
		if !found {
			return nil, fmt.Errorf("exec: %q: executable file not found in $PATH", argv[0])
		}
	}
	ns, err := exec.LookPath("nsenter")
	if err != nil {
		return nil, err
	}
	args := append([]string{"nsenter", "-t", strconv.Itoa(p.pid), "-m", "-u", "-p", "-r", "-W" + cwd, "--"}, argv...)
	return &exec.Cmd{Path: ns, Args: args, Env: env}, nil
}

// openPTY returns both ends of a new pseudo terminal.
func openPTY() (master, slave *os.File, err error) {
	if master, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0); err != nil {
		return nil, nil, err
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		master.Close()
	}
	return master, slave, err
}

func resizePTY(f *os.File, cols, rows uint16) {
	_ = unix.IoctlSetWinsize(int(f.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Col: cols, Row: rows})
}

func ttyAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true, Setctty: true} }

// supervisedAttr: the program dies with the supervisor. With mounts of its own, who is not root becomes it in a user
// namespace, if the kernel allows; then isolation works as for root.
func supervisedAttr(ownMounts bool) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if !ownMounts {
		return attr
	}
	attr.Unshareflags = syscall.CLONE_NEWNS
	if uid := os.Geteuid(); uid != 0 {
		attr.Cloneflags = syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	return attr
}
